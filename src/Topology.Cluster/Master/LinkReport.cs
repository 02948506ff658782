namespace Topology.Cluster;

/// <summary>What a worker tells of a link to another one, cumulative since its incarnation began.</summary>
/// <param name="To">The number of the worker that it leads to.</param>
/// <param name="Bytes">Bytes sent.</param>
/// <param name="Frames">Frames sent.</param>
/// <param name="Reconnects">How often it was connected again.</param>
internal sealed record LinkReport(int To, long Bytes, long Frames, long Reconnects);
