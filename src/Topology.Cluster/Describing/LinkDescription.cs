namespace Topology.Cluster;

/// <summary>A link from one worker to another.</summary>
/// <param name="From">The number of the worker that sends.</param>
/// <param name="To">The number of the worker that receives.</param>
/// <param name="Bytes">Bytes sent.</param>
/// <param name="Frames">Frames sent.</param>
/// <param name="Reconnects">How often it was connected again.</param>
public sealed record LinkDescription(int From, int To, long Bytes, long Frames, long Reconnects);
