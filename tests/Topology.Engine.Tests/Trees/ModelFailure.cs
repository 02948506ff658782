namespace Topology.Engine.Tests;

/// <summary>What a bolt did that fails a tree.</summary>
/// <param name="Reason">What the spout is to be told.</param>
/// <param name="At">When, in nanoseconds.</param>
internal sealed record ModelFailure(FailReason Reason, long At);
