namespace Topology;

/// <summary>
/// Where a <see cref="ReplayingSpout{TRecord}"/> emits one record. <c>Emit</c> is called exactly once per record; the message id, the retries and the dead
/// letter are the base class's business. Use it only inside the call that it is passed to.
/// </summary>
public sealed class RecordOutput
{
    private SpoutOutput<long>? _output;
    private long _messageId;

    // Set while a record's values go to the dead-letter stream instead: the stream, and its row with the trailing fields filled in.
    private StreamId? _letterStream;
    private Value[] _letter = [];

    internal RecordOutput()
    {
    }

    /// <summary>Whether the record in hand has left.</summary>
    internal bool HasEmitted { get; private set; }

    /// <summary>Emits the record on the default stream.</summary>
    /// <param name="values">The values, as many as the stream has fields.</param>
    /// <exception cref="EmitException">
    /// The record was emitted before, the number of values is not that of the stream's fields, a value is too large, or the stream is direct. Nothing was emitted.
    /// </exception>
    public void Emit(params ReadOnlySpan<Value> values) => EmitTo(0, -1, values);

    /// <summary>Emits the record on a stream.</summary>
    /// <inheritdoc cref="Emit(ReadOnlySpan{Value})"/>
    public void Emit(StreamId stream, params ReadOnlySpan<Value> values) => EmitTo(stream.Index, -1, values);

    /// <summary>Emits the record on a direct stream to one task.</summary>
    /// <exception cref="EmitException">
    /// The task does not subscribe to the stream, as none does where nobody subscribes; the stream is not direct; or the emit is refused as one by
    /// <see cref="Emit(ReadOnlySpan{Value})"/> is. Nothing was emitted.
    /// </exception>
    public void EmitDirect(int task, StreamId stream, params ReadOnlySpan<Value> values) => EmitTo(stream.Index, task, values);

    /// <summary>Begins a record that goes where its author sends it.</summary>
    internal void Begin(SpoutOutput<long> output, long messageId)
    {
        _output = output;
        _messageId = messageId;
        HasEmitted = false;
    }

    /// <summary>Begins a record that goes to the dead-letter stream, whatever stream its author names.</summary>
    internal void BeginLetter(SpoutOutput<long> output, long messageId, StreamId stream, in FailReason reason, int attempts)
    {
        Begin(output, messageId);
        _letterStream = stream;
        if (_letter.Length != stream.Fields.Count) _letter = new Value[stream.Fields.Count];
        _letter[^3] = reason.ToString();
        _letter[^2] = reason.Component;
        _letter[^1] = attempts;
    }

    /// <summary>Emits a letter with nothing but its trailing fields, for a record whose own values cannot be had.</summary>
    internal void EmitEmptyLetter()
    {
        EmitLetter([]);
        HasEmitted = true;
    }

    /// <summary>Ends the record: until the next one, emitting throws.</summary>
    internal void End()
    {
        _output = null;
        if (_letterStream is null) return;
        _letterStream = null;
        _letter.AsSpan().Clear();
    }

    private void EmitTo(int stream, int task, ReadOnlySpan<Value> values)
    {
        if (_output is null) throw new EmitException("The output of a record was used outside the call of Emit that it was passed to.");
        if (HasEmitted) throw new EmitException("A record is emitted exactly once; Emit was called again for the same one. Make several records of it, or several tuples of it in a bolt.");
        if (_letterStream is null) _output.EmitTo(stream, task, _messageId, values);
        else EmitLetter(values);
        HasEmitted = true;
    }

    private void EmitLetter(ReadOnlySpan<Value> values)
    {
        var own = _letter.AsSpan()[..^3];
        own.Clear();
        values[..Math.Min(values.Length, own.Length)].CopyTo(own);
        _output!.EmitTo(_letterStream!.Index, -1, _messageId, _letter);
    }
}
