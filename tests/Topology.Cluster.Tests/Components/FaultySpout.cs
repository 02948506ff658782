namespace Topology.Cluster.Tests;

/// <summary>A reliable spout written in place.</summary>
internal sealed class FaultySpout(Action<SpoutOutput<long>> nextTuple, params string[] fields) : ReliableSpout<long>
{
    public Action<SpoutContext>? OnOpen { get; init; }

    public Action<long>? OnAck { get; init; }

    public Action<long, FailReason>? OnFail { get; init; }

    public Action? OnClose { get; init; }

    public Action? OnActivate { get; init; }

    public Action? OnDeactivate { get; init; }

    public Func<bool>? Exhausted { get; init; }

    public Action<StreamDeclarer>? Streams { get; init; }

    public override Fields Output { get; } = Fields.Create(fields);

    public override bool IsExhausted => Exhausted?.Invoke() ?? false;

    public override void Declare(StreamDeclarer streams) => Streams?.Invoke(streams);

    public override void Open(SpoutContext context) => OnOpen?.Invoke(context);

    public override void NextTuple(SpoutOutput<long> output) => nextTuple(output);

    public override void Ack(long messageId) => OnAck?.Invoke(messageId);

    public override void Fail(long messageId, FailReason reason) => OnFail?.Invoke(messageId, reason);

    public override void Activate() => OnActivate?.Invoke();

    public override void Deactivate() => OnDeactivate?.Invoke();

    public override void Close() => OnClose?.Invoke();
}
