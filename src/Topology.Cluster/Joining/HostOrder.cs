namespace Topology.Cluster;

/// <summary>What the daemon tells a supervisor of another host. Each may be lost or come twice; what has had no effect is said again.</summary>
internal abstract record HostOrder
{
    /// <summary>It has joined.</summary>
    /// <param name="Supervisor">What it is called from now on.</param>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="Lease">The times that the cluster shares.</param>
    public sealed record Joined(string Supervisor, string Cluster, LeaseTimes Lease) : HostOrder;

    /// <summary>It may not join, and why.</summary>
    public sealed record Refused(JoinRefusal Reason, string Detail) : HostOrder;

    /// <inheritdoc cref="MasterAction.StartWorker"/>
    /// <param name="Worker">The worker.</param>
    /// <param name="Upload">The upload that has its code.</param>
    /// <param name="IsEncrypted">Whether its links are encrypted on its own host, too.</param>
    public sealed record Start(WorkerKey Worker, string Upload, bool IsEncrypted) : HostOrder;

    /// <inheritdoc cref="MasterAction.AdoptWorker"/>
    public sealed record Adopt(WorkerKey Worker, WorkerProcess? Process) : HostOrder;

    /// <inheritdoc cref="MasterAction.KillWorker"/>
    public sealed record Kill(WorkerKey Worker, WorkerProcess? Process) : HostOrder;

    /// <summary>It has its lease, counted from when it asked.</summary>
    /// <param name="AskedAt">Its own time, in ticks, as it said it.</param>
    public sealed record Granted(long AskedAt) : HostOrder;

    /// <summary>It is to say what it has, by <see cref="HostMessage.Connect"/>.</summary>
    public sealed record ConnectAgain : HostOrder;

    /// <summary>A part of an upload.</summary>
    /// <param name="Upload">The upload.</param>
    /// <param name="Offset">Where the part begins.</param>
    /// <param name="Length">How long the upload is in all.</param>
    /// <param name="Bytes">The part.</param>
    public sealed record Chunk(string Upload, long Offset, long Length, ReadOnlyMemory<byte> Bytes) : HostOrder;

    /// <summary>The upload cannot be had.</summary>
    public sealed record NoChunk(string Upload, string Problem) : HostOrder;
}
