namespace Topology.Testing;

/// <summary>A tuple that a reliable spout emitted, with its message id.</summary>
/// <typeparam name="TMessageId">What the spout knows a message by.</typeparam>
public sealed class EmittedTuple<TMessageId> : EmittedTuple
{
    internal EmittedTuple(StreamId stream, int task, Value[] values, bool isAnchored, TMessageId? messageId)
        : base(stream, task, values, isAnchored) => MessageId = messageId;

    /// <summary>Its message id; <c>default</c> where it was emitted untracked, see <see cref="EmittedTuple.IsAnchored"/>.</summary>
    public TMessageId? MessageId { get; }
}
