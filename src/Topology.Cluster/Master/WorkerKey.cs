namespace Topology.Cluster;

/// <summary>Names one life of one worker.</summary>
/// <param name="Topology">The topology's id.</param>
/// <param name="Worker">The worker's number, from 0.</param>
/// <param name="Incarnation">Which life; later lives of any worker of the topology have higher numbers.</param>
internal readonly record struct WorkerKey(string Topology, int Worker, long Incarnation);
