namespace Topology.Cluster;

/// <summary>What a supervisor keeps on disk of a worker that it started, to find it again after a restart.</summary>
/// <param name="Topology">Its topology's id.</param>
/// <param name="Worker">Its number.</param>
/// <param name="Incarnation">Its incarnation.</param>
/// <param name="PublicKey">What it shows the daemon.</param>
/// <param name="Upload">The upload with its code.</param>
/// <param name="Pid">Its process; 0 until it is known.</param>
/// <param name="Start">When that was started, in the words of the kernel; empty until it is known.</param>
internal sealed record KeptWorker(string Topology, int Worker, long Incarnation, string PublicKey, string Upload, int Pid, string Start)
{
    public WorkerKey Key => new(Topology, Worker, Incarnation);

    public WorkerProcess? Process => Pid == 0 ? null : new WorkerProcess(Pid, Start);
}
