using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>What has to be kept. The changes of one step are kept together or not at all, in their order, before any of its actions.</summary>
internal abstract record StoreChange
{
    /// <summary>Adds or replaces a topology.</summary>
    public sealed record KeepTopology(TopologyEntry Topology) : StoreChange;

    /// <summary>Removes a topology that has ended long ago, with all that belongs to it.</summary>
    public sealed record DropTopology(string Topology) : StoreChange;

    /// <summary>Adds or replaces a worker. With a new incarnation, the counters of the old one go into the topology's sum.</summary>
    public sealed record KeepWorker(string Topology, WorkerEntry Worker) : StoreChange;

    /// <summary>Removes a worker; its counters go into the topology's sum.</summary>
    public sealed record DropWorker(WorkerKey Worker) : StoreChange;

    /// <summary>Replaces the counters of a worker's present incarnation.</summary>
    public sealed record KeepCounters(WorkerKey Worker, ImmutableSortedDictionary<string, long> Counters) : StoreChange;
}
