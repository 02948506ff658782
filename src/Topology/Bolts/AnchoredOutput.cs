using System.Runtime.CompilerServices;

namespace Topology;

/// <summary>Where a <see cref="BasicBolt"/> emits: every tuple is anchored to the one being executed.</summary>
public readonly struct AnchoredOutput
{
    private readonly BoltOutput _output;

    internal AnchoredOutput(BoltOutput output) => _output = output;

    /// <summary>Emits a tuple on the default stream.</summary>
    /// <exception cref="EmitException">
    /// The number of values is not that of the stream's fields, a value is too large, the stream is direct, or one input emitted more than the outbox limit.
    /// </exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Emit(params ReadOnlySpan<Value> values) => _output.EmitCurrent(0, -1, values);

    /// <summary>Emits a tuple on a stream.</summary>
    /// <inheritdoc cref="Emit(ReadOnlySpan{Value})"/>
    public void Emit(StreamId stream, params ReadOnlySpan<Value> values) => _output.EmitCurrent(stream.Index, -1, values);

    /// <summary>Emits a tuple on a direct stream to one task.</summary>
    /// <exception cref="EmitException">
    /// The task does not subscribe to the stream, as none does where nobody subscribes; the stream is not direct; or the emit is refused as one by
    /// <see cref="Emit(ReadOnlySpan{Value})"/> is.
    /// </exception>
    public void EmitDirect(int task, StreamId stream, params ReadOnlySpan<Value> values) =>
        _output.EmitCurrent(stream.Index, task, values);

    /// <summary>Reports an error that does not fail the tuple; throttled per task.</summary>
    public void ReportError(Exception error) => _output.ReportError(error);
}
