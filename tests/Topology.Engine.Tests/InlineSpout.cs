namespace Topology.Engine.Tests;

/// <summary>A tracked spout whose work is written in place.</summary>
internal sealed class InlineSpout(Action<SpoutOutput<long>> next, params string[] fields) : ReliableSpout<long>
{
    public override Fields Output { get; } = Fields.Create(fields.Length == 0 ? ["number"] : fields);

    public Action<StreamDeclarer>? Streams { get; init; }

    public Action<SpoutContext>? Opened { get; init; }

    public Action<long>? Acked { get; init; }

    public Action<long, FailReason>? Failed { get; init; }

    public Func<bool>? Exhausted { get; init; }

    public Action? Closed { get; init; }

    public override bool IsExhausted => Exhausted?.Invoke() ?? false;

    public override void Declare(StreamDeclarer streams) => Streams?.Invoke(streams);

    public override void Open(SpoutContext context) => Opened?.Invoke(context);

    public override void NextTuple(SpoutOutput<long> output) => next(output);

    public override void Ack(long messageId) => Acked?.Invoke(messageId);

    public override void Fail(long messageId, FailReason reason) => Failed?.Invoke(messageId, reason);

    public override void Close() => Closed?.Invoke();
}
