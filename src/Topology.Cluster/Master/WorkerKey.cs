namespace Topology.Cluster;

/// <summary>Names one life of one worker.</summary>
/// <param name="Topology">The topology's id.</param>
/// <param name="Worker">The worker's number, from 0.</param>
/// <param name="Incarnation">Which life; later lives of any worker of the topology have higher numbers.</param>
internal readonly record struct WorkerKey(string Topology, int Worker, long Incarnation) : IComparable<WorkerKey>
{
    /// <summary>By topology, then worker, then incarnation: what goes through workers does so in the same order in every process.</summary>
    public int CompareTo(WorkerKey other)
    {
        var byTopology = string.CompareOrdinal(Topology, other.Topology);
        return byTopology != 0 ? byTopology : (Worker, Incarnation).CompareTo((other.Worker, other.Incarnation));
    }
}
