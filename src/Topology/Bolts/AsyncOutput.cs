namespace Topology;

/// <summary>Gathers what one piece of asynchronous work emits; thread-safe.</summary>
public sealed class AsyncOutput
{
    private readonly Lock _lock = new();
    private readonly List<(StreamId? Stream, Value[] Values)> _emitted = [];

    internal AsyncOutput(HeldTuple tuple) => Tuple = tuple;

    internal HeldTuple Tuple { get; }

    /// <summary>Emits a tuple on the default stream, anchored to the tuple in work, when the work has ended.</summary>
    public void Emit(params ReadOnlySpan<Value> values) => Add(null, values.ToArray());

    /// <summary>Emits a tuple on a stream.</summary>
    /// <inheritdoc cref="Emit(ReadOnlySpan{Value})"/>
    public void Emit(StreamId stream, params ReadOnlySpan<Value> values) => Add(stream, values.ToArray());

    internal void EmitAll(BoltOutput output)
    {
        lock (_lock)
        {
            foreach (var (stream, values) in _emitted)
            {
                if (stream is null) output.Emit(Tuple, values);
                else output.Emit(stream, Tuple, values);
            }
        }
    }

    private void Add(StreamId? stream, Value[] values)
    {
        lock (_lock) _emitted.Add((stream, values));
    }
}
