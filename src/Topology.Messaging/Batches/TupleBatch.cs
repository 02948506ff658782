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

    private const int NoTarget = -1;

    private readonly BatchPool _pool;
    private readonly Row[] _rows = new Row[Capacity];
    private readonly TupleIds[] _ids = new TupleIds[Capacity];
    private Value[] _values = new Value[2 * Capacity];
    private int _count;
    private int _valueCount;
    private bool _hasIds;

    // Rows for one executor that follow one another make a run: only where another begins is anything written but the rows themselves.
    private BatchRun[] _runs = new BatchRun[4];
    private int _runCount;
    private int _runTarget = NoTarget;

    // Further (root, edge) pairs of rows with several anchors; a root of 0 ends the pairs of a row. Rare, so grown when first needed.
    private TupleIds[] _extra = [];
    private int _extraCount;
    private int _references;

    public TupleBatch(BatchPool pool) => _pool = pool;

    public Row[] Rows => _rows;

    public Value[] Values => _values;

    /// <summary>How many runs the rows make.</summary>
    public int RunCount => _runCount;

    public int Count => _count;

    public int ValueCount => _valueCount;

    /// <summary>The place of the executor that a run is for.</summary>
    public int PlaceOf(int run) => _runs[run].Place;

    /// <summary>The first row of a run.</summary>
    public int FirstOf(int run) => _runs[run].First;

    /// <summary>The row behind the last of a run.</summary>
    public int EndOf(int run) => run + 1 < _runCount ? _runs[run + 1].First : _count;

    /// <summary>The trees and edges of all rows; empty when none is in a tree.</summary>
    public ReadOnlySpan<TupleIds> Ids => Volatile.Read(ref _hasIds) ? _ids.AsSpan(0, _count) : default;

    /// <summary>Whether a row of this many values fits; an empty batch takes any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasRoom(int arity) => _count < Capacity && _valueCount + arity <= _values.Length;

    /// <summary>The tree and edge of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TupleIds IdsOf(int row) => Volatile.Read(ref _hasIds) ? _ids[row] : default;

    /// <summary>
    /// Copies a row's values in and returns where they start; rows that share them give this to <see cref="AddRow"/>. The caller has made sure that there is room.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int AddValues(ReadOnlySpan<Value> values)
    {
        var first = _valueCount;
        ref var target = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), (nint)(uint)first);
        if (values.Length == 2)
        {
            // The usual case, without the call that a copy of unknown length needs.
            target = values[0];
            Unsafe.Add(ref target, 1) = values[1];
        }
        else if (values.Length == 1)
        {
            target = values[0];
        }
        else
        {
            values.CopyTo(_values.AsSpan(first));
        }

        _valueCount = first + values.Length;
        return first;
    }

    /// <summary>Counts values that the caller has written into <see cref="Values"/>, from <see cref="ValueCount"/> on.</summary>
    public void CommitValues(int count) => _valueCount += count;

    /// <summary>Adds a row for the executor at a place in the lane. The caller has made sure that there is room.</summary>
    /// <param name="target">The place of the receiving executor.</param>
    /// <param name="address">See <see cref="Row.Address"/>.</param>
    /// <param name="firstValue">Where its values start.</param>
    /// <param name="ids">Its tree and edge.</param>
    /// <param name="firstExtra">Where its further pairs start, or -1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddRow(int target, ulong address, int firstValue, TupleIds ids, int firstExtra = -1)
    {
        var index = _count;
        _count = index + 1;
        if (target != _runTarget) BeginRun(target, index);
        ref var row = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_rows), (nint)(uint)index);
        row.LowerHalf = (uint)firstValue | ((ulong)(uint)firstExtra << 32);
        row.UpperHalf = address;
        if (ids.Root == 0 && !_hasIds) return;
        if (!_hasIds) BeginIds(index);
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_ids), (nint)(uint)index) = ids;
    }

    /// <summary>Makes an empty batch take a row that is larger than its usual room.</summary>
    public void EnsureRoom(int arity)
    {
        if (_valueCount + arity > _values.Length) Grow(arity);
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

    /// <summary>Adds a copy of a row of another batch. The caller has made sure that there is room.</summary>
    public void Copy(TupleBatch from, int index, int target)
    {
        ref var row = ref from.Rows[index];
        var extra = row.FirstExtra < 0 ? -1 : AddExtra(from.ExtraOf(row.FirstExtra));
        var values = AddValues(from.Values.AsSpan(row.FirstValue, row.Arity));
        AddRow(target, Row.Address(row.Arity, row.Source, row.Task), values, from.IdsOf(index), extra);
    }

    /// <summary>Sends a run to another place. For whoever has a published batch alone.</summary>
    public void Redirect(int run, int place) => _runs[run] = new BatchRun((ushort)place, _runs[run].First);

    /// <summary>Called by its sender before the batch leaves: it will be released once for each run.</summary>
    public void Publish() => Volatile.Write(ref _references, _runCount);

    /// <summary>Says how many references are taken on a batch that is read while rows are still added.</summary>
    public void PublishOpen(int references = 1) => Volatile.Write(ref _references, references);

    /// <summary>Adds a receiver; legal while the caller has a reference of its own.</summary>
    public void AddReference() => Interlocked.Increment(ref _references);

    /// <summary>Called from any thread, by receivers that are done with so many runs.</summary>
    public void Release(int runs = 1)
    {
        if (Volatile.Read(ref _references) != runs && Interlocked.Add(ref _references, -runs) != 0) return;
        Clear();
        _pool.Return(this);
    }

    private void Clear()
    {
        // Values are cleared so that a pooled batch keeps nothing of the user's alive.
        Array.Clear(_values, 0, _valueCount);
        if (_values.Length > 8 * Capacity) _values = new Value[2 * Capacity];
        _extraCount = 0;
        _hasIds = false;
        _runTarget = NoTarget;
        _runCount = 0;
        _count = 0;
        _valueCount = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void BeginRun(int target, int first)
    {
        _runTarget = target;
        if (_runCount == _runs.Length) Array.Resize(ref _runs, 2 * _runs.Length);
        _runs[_runCount++] = new BatchRun((ushort)target, (ushort)first);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void BeginIds(int index)
    {
        Array.Clear(_ids, 0, index);
        // A batch that is open for more rows may be read meanwhile: its readers must see the ids of earlier rows cleared.
        Volatile.Write(ref _hasIds, true);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int arity)
    {
        var values = new Value[Math.Max(2 * _values.Length, _valueCount + arity)];
        _values.AsSpan(0, _valueCount).CopyTo(values);
        _values = values;
    }
}
