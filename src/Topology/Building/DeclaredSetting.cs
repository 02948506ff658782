namespace Topology;

/// <summary>A setting that a topology declared by <see cref="TopologyBuilder.Declare"/>.</summary>
/// <param name="Name">The setting's name.</param>
/// <param name="Default">Its text where none is given; null for none, so that asking for it then throws.</param>
/// <param name="Description">What it is for, in a line.</param>
public sealed record DeclaredSetting(string Name, string? Default, string Description);
