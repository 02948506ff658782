using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Topology;

/// <summary>
/// A tuple, borrowed for the length of one <c>Execute</c>: a row of a pooled batch that is used again afterwards. The compiler
/// refuses to let it be stored, captured, boxed or carried over an <c>await</c>; to answer for it later use
/// <see cref="BoltOutput.Hold"/>, and copy the values that are needed.
/// </summary>
public readonly ref struct TupleView
{
    private readonly ref readonly Value _first;
    private readonly int _count;

    internal TupleView(ReadOnlySpan<Value> values, TupleSource source, int row)
    {
        _first = ref MemoryMarshal.GetReference(values);
        _count = values.Length;
        Row = row;
        Source = source;
    }

    /// <summary>Which row of the executor's current batch this is.</summary>
    internal int Row { get; }

    /// <summary>Component, stream and task that emitted the tuple, and its field names.</summary>
    public TupleSource Source { get; }

    /// <summary>How many values the tuple has.</summary>
    public int Count => _count;

    /// <summary>The values in the order of the fields.</summary>
    public ReadOnlySpan<Value> Values => MemoryMarshal.CreateReadOnlySpan(in _first, _count);

    /// <summary>The value at an index from 0. The fastest way to read a field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tuple has fewer values.</exception>
    public ref readonly Value this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)index >= (uint)_count) ThrowIndex(index, _count);
            return ref Unsafe.Add(ref Unsafe.AsRef(in _first), index);
        }
    }

    /// <summary>The value of a field. A search by name on each call; where speed counts, read by index.</summary>
    /// <exception cref="ArgumentException">There is no such field; the message lists those there are.</exception>
    public ref readonly Value this[string field] => ref this[Source.Fields.RequiredIndexOf(field)];

    /// <summary>True for a tick tuple, which the engine sends at the component's tick interval. Its one value is the interval.</summary>
    public bool IsTick => Source.Task < 0;

    /// <summary>A copy of the values that may be kept.</summary>
    public Value[] ToArray() => Values.ToArray();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowIndex(int index, int count) =>
        throw new ArgumentOutOfRangeException(nameof(index), $"No value at index {index}: the tuple has {count}.");
}
