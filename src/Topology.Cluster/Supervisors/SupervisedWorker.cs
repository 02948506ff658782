namespace Topology.Cluster;

/// <summary>A worker as its supervisor knows it.</summary>
/// <param name="Key">Which one.</param>
/// <param name="Phase">Where the supervisor is with it.</param>
/// <param name="Process">Its process; null until it is known.</param>
internal sealed record SupervisedWorker(WorkerKey Key, SupervisedPhase Phase, WorkerProcess? Process);
