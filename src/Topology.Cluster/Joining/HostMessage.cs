using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>What a supervisor of another host tells the daemon. Who it is says its key. Each may be lost or come twice; what matters is said again.</summary>
internal abstract record HostMessage
{
    /// <summary>It has a join token, by whose key it is connected, and wants to be known by a key of its own. Answered by <see cref="HostOrder.Joined"/> or <see cref="HostOrder.Refused"/>.</summary>
    /// <param name="PublicKey">That key, as 64 lower-case hexadecimal digits.</param>
    /// <param name="Name">What it would like to be called.</param>
    /// <param name="Host">The name of its host.</param>
    /// <param name="Slots">How many workers it can keep.</param>
    public sealed record Join(string PublicKey, string Name, string Host, int Slots) : HostMessage;

    /// <summary>It is connected, tells what it has, and asks for its lease.</summary>
    /// <param name="Host">The name of its host.</param>
    /// <param name="Slots">How many workers it can keep.</param>
    /// <param name="Workers">The workers that it has.</param>
    /// <param name="AskedAt">Its own time, in ticks; handed back with the lease.</param>
    public sealed record Connect(string Host, int Slots, ImmutableArray<HostedWorker> Workers, long AskedAt) : HostMessage;

    /// <summary>It asks for its lease.</summary>
    public sealed record AskLease(ImmutableArray<HostedWorker> Workers, long AskedAt) : HostMessage;

    /// <summary>It is about to start a worker, which shows this key.</summary>
    public sealed record Starts(HostedWorker Worker) : HostMessage;

    /// <summary>A worker is dead, see <see cref="SupervisorAction.ReportExit"/>.</summary>
    public sealed record Exited(WorkerKey Worker, WorkerProcess? Process, string Detail) : HostMessage;

    /// <summary>It wants a part of an upload, from an offset on. Answered by <see cref="HostOrder.Chunk"/> or <see cref="HostOrder.NoChunk"/>.</summary>
    public sealed record Fetch(string Upload, long Offset) : HostMessage;
}
