using System.Collections;
using System.Runtime.CompilerServices;

namespace Topology.Testing;

/// <summary>
/// A tuple as tests write it, which is a list of values: <c>["the", 1]</c> on the default stream, <c>TestTuple.On("late", "the", 1)</c> on another. Two are
/// equal when stream and values are.
/// </summary>
[CollectionBuilder(typeof(TestTuple), nameof(Create))]
public class TestTuple : IReadOnlyList<Value>, IEquatable<TestTuple>
{
    private readonly Value[] _values;

    private protected TestTuple(string stream, Value[] values)
    {
        Stream = stream;
        _values = values;
    }

    /// <summary>The stream that the tuple is on; <c>default</c> unless another was named.</summary>
    public string Stream { get; }

    /// <summary>The values in the order of the fields.</summary>
    public ReadOnlySpan<Value> Values => _values;

    /// <summary>How many values there are.</summary>
    public int Count => _values.Length;

    /// <summary>The value at an index from 0.</summary>
    public Value this[int index] => _values[index];

    /// <summary>A tuple on the default stream; what a collection expression calls.</summary>
    public static TestTuple Create(ReadOnlySpan<Value> values) => new(StreamId.Default, values.ToArray());

    /// <summary>A tuple on a stream.</summary>
    public static TestTuple On(string stream, params ReadOnlySpan<Value> values)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new(stream, values.ToArray());
    }

    /// <inheritdoc/>
    public bool Equals(TestTuple? other) => other is not null && Stream == other.Stream && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as TestTuple);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => HashCode.Combine(Stream, StableHash.Of(Values));

    /// <inheritdoc/>
    public IEnumerator<Value> GetEnumerator() => ((IEnumerable<Value>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The values in brackets, behind the stream unless that is the default one: <c>["the", 1]</c>, <c>late ["the", 1]</c>.</summary>
    public override string ToString()
    {
        var values = $"[{string.Join(", ", this.Select(v => v.Kind == ValueKind.Text ? $"\"{v}\"" : v.ToString()))}]";
        return Stream == StreamId.Default ? values : $"{Stream} {values}";
    }
}
