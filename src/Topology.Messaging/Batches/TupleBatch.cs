using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>
/// Up to 256 rows on their way from one executor to the executors of one loop. It is written by its sender until it is published, and read
/// by its receivers until the last of them releases it; then it is cleared and goes back to its sender's pool.
/// </summary>
/// <remarks>256 rows of two values take 16 KiB: a few of them fit in a core's second-level cache.</remarks>
internal sealed class TupleBatch
{
    public const int Capacity = 256;

    private readonly BatchPool _pool;
    private int _references;

    public TupleBatch(BatchPool pool, int targets)
    {
        _pool = pool;
        Targets = new TargetRows[targets];
        UsedTargets = new ushort[targets];
    }

    public Row[] Rows { get; } = new Row[Capacity];

    public TupleIds[] Ids { get; } = new TupleIds[Capacity];

    public Value[] Values { get; private set; } = new Value[2 * Capacity];

    // Further (root, edge) pairs of rows with several anchors; a root of 0 ends the pairs of a row. Rare, so grown when first needed.
    private TupleIds[] _extra = [];
    private int _extraCount;

    /// <summary>The rows by the place of the receiving executor in the lane.</summary>
    public TargetRows[] Targets { get; }

    /// <summary>The places in <see cref="Targets"/> that have rows, the first <see cref="UsedTargetCount"/> of them.</summary>
    public ushort[] UsedTargets { get; }

    public int UsedTargetCount { get; private set; }

    public int Count { get; private set; }

    public int ValueCount { get; private set; }

    /// <summary>Whether a row of this many values fits; an empty batch takes any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasRoom(int arity) => Count < Capacity && ValueCount + arity <= Values.Length;

    /// <summary>Copies a row's values in and returns where they start; rows that share them give this to <see cref="AddRow"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int AddValues(ReadOnlySpan<Value> values)
    {
        var first = ValueCount;
        if (first + values.Length > Values.Length) Grow(values.Length);
        if (values.Length == 2)
        {
            // The usual case, without the call that a copy of unknown length needs.
            ref var target = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Values), first);
            target = values[0];
            Unsafe.Add(ref target, 1) = values[1];
        }
        else
        {
            values.CopyTo(Values.AsSpan(first));
        }

        ValueCount = first + values.Length;
        return first;
    }

    /// <summary>Adds a row for the executor at a place in the lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddRow(int target, int task, int source, int firstValue, int arity, TupleIds ids, int firstExtra = -1)
    {
        var index = Count++;
        ref var row = ref Rows[index];
        row.FirstValue = firstValue;
        row.FirstExtra = firstExtra;
        row.Arity = (ushort)arity;
        row.Source = (ushort)source;
        row.Task = (ushort)task;
        Ids[index] = ids;
        ref var rows = ref Targets[target];
        if (rows.Count++ == 0)
        {
            rows.First = index;
            UsedTargets[UsedTargetCount++] = (ushort)target;
        }
        else
        {
            Rows[rows.Last].Next = (ushort)index;
        }

        rows.Last = index;
    }

    /// <summary>Makes an empty batch take a row that is larger than its usual room.</summary>
    public void EnsureRoom(int arity)
    {
        if (ValueCount + arity > Values.Length) Grow(arity);
    }

    /// <summary>Adds the further pairs of a row and returns where they start.</summary>
    public int AddExtra(ReadOnlySpan<TupleIds> pairs)
    {
        var first = _extraCount;
        if (first + pairs.Length + 1 > _extra.Length) Array.Resize(ref _extra, Math.Max(16, 2 * (first + pairs.Length + 1)));
        pairs.CopyTo(_extra.AsSpan(first));
        _extra[first + pairs.Length] = default;
        _extraCount = first + pairs.Length + 1;
        return first;
    }

    /// <summary>The further pairs of a row.</summary>
    public ReadOnlySpan<TupleIds> ExtraOf(int first)
    {
        var end = first;
        while (_extra[end].Root != 0) end++;
        return _extra.AsSpan(first, end - first);
    }

    /// <summary>Says how many receivers will release the batch. Called by its sender before publishing it.</summary>
    public void Publish(int receivers) => Volatile.Write(ref _references, receivers);

    /// <summary>Adds a receiver; legal while the caller has a reference of its own.</summary>
    public void AddReference() => Interlocked.Increment(ref _references);

    /// <summary>Called once by each receiver, from any thread, when it is done with its rows.</summary>
    public void Release()
    {
        if (Volatile.Read(ref _references) != 1 && Interlocked.Decrement(ref _references) != 0) return;
        Clear();
        _pool.Return(this);
    }

    private void Clear()
    {
        // Values are cleared so that a pooled batch keeps nothing of the user's alive.
        Array.Clear(Values, 0, ValueCount);
        foreach (var target in UsedTargets.AsSpan(0, UsedTargetCount)) Targets[target] = default;
        if (Values.Length > 8 * Capacity) Values = new Value[2 * Capacity];
        _extraCount = 0;
        UsedTargetCount = 0;
        Count = 0;
        ValueCount = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int arity)
    {
        var values = new Value[Math.Max(2 * Values.Length, ValueCount + arity)];
        Values.AsSpan(0, ValueCount).CopyTo(values);
        Values = values;
    }
}
