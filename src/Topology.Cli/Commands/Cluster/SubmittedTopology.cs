namespace Topology.Cli;

/// <summary>What <c>submit</c> answers; as JSON with its names in camel case.</summary>
/// <param name="Id">The topology's id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Upload">The SHA-256 of its package.</param>
internal sealed record SubmittedTopology(string Id, string Name, string Upload);
