namespace Topology.Cluster;

/// <summary>A worker that a supervisor of another host keeps, or is about to start.</summary>
/// <param name="Worker">Which one.</param>
/// <param name="PublicKey">What it shows the daemon, as 64 lower-case hexadecimal digits; each incarnation has its own.</param>
internal sealed record HostedWorker(WorkerKey Worker, string PublicKey);
