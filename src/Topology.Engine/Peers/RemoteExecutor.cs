namespace Topology.Engine;

/// <summary>Stands for an executor that runs in another worker: its number, and the senders that wait for its credit.</summary>
internal sealed class RemoteExecutor : Executor
{
    public RemoteExecutor(Worker worker, int index, string component, Peer peer) : base(worker, index, component)
    {
        Peer = peer;
        SettleElsewhere();
    }

    /// <summary>The worker that it runs in.</summary>
    public Peer Peer { get; }

    protected override TurnResult RunTurn() => throw new NotSupportedException($"{Component} runs in another worker.");
}
