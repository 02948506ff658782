using System.Collections.Immutable;
using Topology.Engine;
using Topology.Messaging;

namespace Topology.Testing;

/// <summary>A <see cref="SpoutTester"/> that knows the message ids of a reliable spout's tuples.</summary>
/// <typeparam name="TMessageId">What the spout knows a message by.</typeparam>
public sealed class SpoutTester<TMessageId> : SpoutTester
{
    /// <param name="spout">The spout, fresh.</param>
    /// <param name="options">What it is surrounded with; null for the defaults.</param>
    /// <exception cref="TestFailureException">Its <c>Open</c> threw.</exception>
    public SpoutTester(ReliableSpout<TMessageId> spout, SpoutTesterOptions? options = null) : base(spout, options, MakeTuple)
    {
    }

    /// <summary>What it emitted so far, on all streams, with message ids.</summary>
    public new EmittedTuples<EmittedTuple<TMessageId>> Emitted => new([.. AllEmitted.Cast<EmittedTuple<TMessageId>>()]);

    /// <summary>What it emitted and the test has yet to answer for.</summary>
    public ImmutableArray<EmittedTuple<TMessageId>> Pending => [.. PendingTuples.Cast<EmittedTuple<TMessageId>>()];

    /// <summary>Completes the tree of a message, so that the spout's <c>Ack</c> is called; the oldest, where several pending ones have this id.</summary>
    /// <exception cref="TestFailureException">No such message is pending.</exception>
    public void Ack(TMessageId messageId) => Ack(Find(messageId));

    /// <summary>Fails the tree of a message, so that the spout's <c>Fail</c> is called; the oldest, where several pending ones have this id.</summary>
    /// <param name="messageId">The message's id.</param>
    /// <param name="kind">What kind of failure the spout is told.</param>
    /// <param name="detail">What else it is told; null for nothing.</param>
    /// <exception cref="TestFailureException">No such message is pending.</exception>
    public void Fail(TMessageId messageId, FailKind kind = FailKind.Explicit, string? detail = null) => Fail(Find(messageId), kind, detail);

    private EmittedTuple<TMessageId> Find(TMessageId messageId) =>
        Pending.FirstOrDefault(t => EqualityComparer<TMessageId>.Default.Equals(t.MessageId, messageId))
        ?? throw new TestFailureException($"No message {messageId} is pending: {(Pending.IsEmpty ? "none is" : $"those that are: {string.Join(", ", Pending.Select(t => t.MessageId))}")}.");

    private static EmittedTuple MakeTuple(SpoutTask task, StreamId stream, Value[] values, TupleIds ids) => new EmittedTuple<TMessageId>(
        stream, task.Plan.Task, values, ids.Root != 0, ids.Root == 0 ? default : ((ReliableSpoutTask<TMessageId>)task).MessageIdOf(ids.Root))
    {
        Ids = ids,
    };
}
