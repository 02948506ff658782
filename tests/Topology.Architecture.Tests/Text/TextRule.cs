namespace Topology.Architecture.Tests;

/// <summary>Something that no source says.</summary>
/// <param name="Text">What.</param>
/// <param name="Instead">What to write in its place, or why not.</param>
internal sealed record TextRule(string Text, string Instead)
{
    public override string ToString() => Text;
}
