namespace Topology;

/// <summary>Where a reliable spout emits. Use it only inside the call that it is passed to.</summary>
public abstract class SpoutOutput<TMessageId>
{
    private protected SpoutOutput()
    {
    }

    /// <summary>
    /// How many tracked tuples may be emitted now: max-spout-pending less what is pending or waiting for a retry, and 0 while the output is full.
    /// A tracked emit beyond max-spout-pending throws.
    /// </summary>
    public abstract int Remaining { get; }

    /// <summary>Emits a tracked tuple on the default stream.</summary>
    /// <param name="messageId">What <c>Ack</c> or <c>Fail</c> will be called with.</param>
    /// <param name="values">The values, as many as the stream has fields.</param>
    /// <exception cref="EmitException">
    /// The number of values is not that of the stream's fields, a value is too large, the stream is direct, or no room remains. Nothing was emitted.
    /// </exception>
    public void Emit(TMessageId messageId, params ReadOnlySpan<Value> values) => EmitTo(0, -1, messageId, values);

    /// <summary>Emits a tracked tuple on a stream.</summary>
    /// <inheritdoc cref="Emit(TMessageId, ReadOnlySpan{Value})"/>
    public void Emit(StreamId stream, TMessageId messageId, params ReadOnlySpan<Value> values) =>
        EmitTo(stream.Index, -1, messageId, values);

    /// <summary>Emits a tracked tuple on a direct stream to one task.</summary>
    /// <exception cref="EmitException">
    /// The task does not subscribe to the stream, as none does where nobody subscribes; the stream is not direct; or the emit is refused as one by
    /// <see cref="Emit(TMessageId, ReadOnlySpan{Value})"/> is. Nothing was emitted.
    /// </exception>
    public void EmitDirect(int task, StreamId stream, TMessageId messageId, params ReadOnlySpan<Value> values) =>
        EmitTo(stream.Index, task, messageId, values);

    /// <summary>Emits a tuple that is not tracked: it does not count as pending, and neither <c>Ack</c> nor <c>Fail</c> will be called for it.</summary>
    public void EmitUntracked(StreamId stream, params ReadOnlySpan<Value> values) => EmitUntrackedTo(stream.Index, -1, values);

    internal abstract void EmitTo(int stream, int task, TMessageId messageId, ReadOnlySpan<Value> values);

    internal abstract void EmitUntrackedTo(int stream, int task, ReadOnlySpan<Value> values);
}
