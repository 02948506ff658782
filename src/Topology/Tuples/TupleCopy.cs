namespace Topology;

/// <summary>A tuple that owns its values, for code that outlives one <c>Execute</c>, such as <see cref="AsyncBolt"/>.</summary>
public sealed class TupleCopy
{
    private readonly Value[] _values;

    internal TupleCopy(Value[] values, TupleSource source)
    {
        _values = values;
        Source = source;
    }

    /// <summary>Component, stream and task that emitted the tuple, and its field names.</summary>
    public TupleSource Source { get; }

    /// <summary>How many values the tuple has.</summary>
    public int Count => _values.Length;

    /// <summary>The values in the order of the fields.</summary>
    public ReadOnlySpan<Value> Values => _values;

    /// <summary>The value at an index from 0.</summary>
    public Value this[int index] => _values[index];

    /// <summary>The value of a field.</summary>
    /// <exception cref="ArgumentException">There is no such field; the message lists those there are.</exception>
    public Value this[string field] => _values[Source.Fields.RequiredIndexOf(field)];
}
