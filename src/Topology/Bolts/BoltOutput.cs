namespace Topology;

/// <summary>Where a bolt emits and answers for its tuples. One per task; use it on the task's own thread, from <c>Execute</c>, <c>Finish</c> or posted work.</summary>
public abstract class BoltOutput
{
    private protected BoltOutput()
    {
    }

    /// <summary>Emits a tuple on the default stream, anchored to an input: <c>output.Emit(tuple, word, 1)</c>.</summary>
    /// <exception cref="EmitException">
    /// The number of values is not that of the stream's fields, a value is too large, the stream is direct, or one input emitted more than the outbox limit.
    /// Nothing was emitted.
    /// </exception>
    /// <exception cref="AnswerException">An anchor was answered for before, or held for longer than the message timeout. Nothing was emitted.</exception>
    public void Emit(Anchor anchor, params ReadOnlySpan<Value> values) => EmitTo(0, -1, anchor, values);

    /// <summary>Emits a tuple on a stream, anchored to an input.</summary>
    /// <inheritdoc cref="Emit(Anchor, ReadOnlySpan{Value})"/>
    public void Emit(StreamId stream, Anchor anchor, params ReadOnlySpan<Value> values) => EmitTo(stream.Index, -1, anchor, values);

    /// <summary>Emits a tuple on a direct stream to one task.</summary>
    /// <exception cref="EmitException">
    /// The task does not subscribe to the stream, as none does where nobody subscribes; the stream is not direct; or the emit is refused as one by
    /// <see cref="Emit(Anchor, ReadOnlySpan{Value})"/> is. Nothing was emitted.
    /// </exception>
    /// <exception cref="AnswerException">An anchor was answered for before, or held for longer than the message timeout. Nothing was emitted.</exception>
    public void EmitDirect(int task, StreamId stream, Anchor anchor, params ReadOnlySpan<Value> values) =>
        EmitTo(stream.Index, task, anchor, values);

    /// <summary>Answers for the tuple being executed: this part of its tree is done.</summary>
    /// <exception cref="AnswerException">The tuple was answered for before; nothing was changed.</exception>
    public abstract void Ack(TupleView tuple);

    /// <summary>Answers for a held tuple.</summary>
    /// <inheritdoc cref="Ack(TupleView)"/>
    public abstract void Ack(HeldTuple tuple);

    /// <summary>Fails the tree of the tuple being executed; its spout is told.</summary>
    /// <param name="tuple">The tuple being executed.</param>
    /// <param name="detail">What the spout is told about it.</param>
    /// <exception cref="AnswerException">The tuple was answered for before; nothing was changed.</exception>
    public abstract void Fail(TupleView tuple, string? detail = null);

    /// <summary>Fails the tree of a held tuple.</summary>
    /// <inheritdoc cref="Fail(TupleView, string?)"/>
    public abstract void Fail(HeldTuple tuple, string? detail = null);

    /// <summary>
    /// Puts off the answer for the tuple being executed. Only ids are kept: copy the values that are needed. A tuple held for longer than the message
    /// timeout counts as forgotten.
    /// </summary>
    /// <exception cref="AnswerException">The tuple was answered for or held before.</exception>
    public abstract HeldTuple Hold(TupleView tuple);

    /// <summary>Gives the tree of this tuple another full message timeout, from now.</summary>
    public abstract void ResetTimeout(TupleView tuple);

    /// <inheritdoc cref="ResetTimeout(TupleView)"/>
    public abstract void ResetTimeout(HeldTuple tuple);

    /// <summary>Reports an error that fails no tuple; throttled per task.</summary>
    public abstract void ReportError(Exception error);

    internal abstract void EmitTo(int stream, int task, Anchor anchor, ReadOnlySpan<Value> values);

    /// <summary>Emits anchored to the tuple being executed, or unanchored where there is none.</summary>
    internal abstract void EmitCurrent(int stream, int task, ReadOnlySpan<Value> values);

    /// <summary>Asynchronous work on a held tuple threw: what follows is for the bolt's <see cref="ErrorPolicy"/>.</summary>
    internal abstract void Abandon(HeldTuple tuple, TupleCopy copy, Exception error);

    /// <summary>Acks the tuple being executed.</summary>
    internal abstract void AckCurrent();
}
