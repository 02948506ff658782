namespace Topology.Cluster;

/// <summary>A process, told apart from a later one with the same number.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="Start">When it was started, in the words of its host's kernel; compared for equality only.</param>
internal sealed record WorkerProcess(int Pid, string Start);
