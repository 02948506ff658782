namespace Topology;

/// <summary>Where an untracked spout emits. Use it only inside the call that it is passed to.</summary>
public abstract class SpoutOutput
{
    private protected SpoutOutput()
    {
    }

    /// <summary>How many tuples can leave before the spout's output is full. Emitting more than this is legal and only buffers.</summary>
    public abstract int Remaining { get; }

    /// <summary>Emits a tuple on the default stream.</summary>
    /// <exception cref="EmitException">The number of values is not that of the stream's fields, a value is too large, or the stream is direct.</exception>
    public void Emit(params ReadOnlySpan<Value> values) => EmitTo(0, -1, values);

    /// <summary>Emits a tuple on a stream.</summary>
    /// <inheritdoc cref="Emit(ReadOnlySpan{Value})"/>
    public void Emit(StreamId stream, params ReadOnlySpan<Value> values) => EmitTo(stream.Index, -1, values);

    /// <summary>Emits a tuple on a direct stream to one task.</summary>
    /// <exception cref="EmitException">
    /// The task does not subscribe to the stream, as none does where nobody subscribes; the stream is not direct; or the emit is refused as one by
    /// <see cref="Emit(ReadOnlySpan{Value})"/> is.
    /// </exception>
    public void EmitDirect(int task, StreamId stream, params ReadOnlySpan<Value> values) => EmitTo(stream.Index, task, values);

    internal abstract void EmitTo(int stream, int task, ReadOnlySpan<Value> values);
}
