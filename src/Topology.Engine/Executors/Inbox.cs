using Topology.Messaging;

namespace Topology.Engine;

/// <summary>
/// The rows that wait in front of one executor. Its loop puts them in and the executor, which may have been handed to another thread, takes them out.
/// Senders' credits bound it.
/// </summary>
/// <remarks>
/// Batches are shared with other executors of the loop. So that one executor that lags does not keep many of them from their senders' pools, its rows
/// are copied into batches of its own, full ones, as soon as more than a few slices of each sender wait.
/// </remarks>
internal sealed class Inbox
{
    private const int SegmentSize = 64;

    private readonly int _sharedSlices;

    // Written by the loop.
    private readonly BatchPool _sidePool = new(1);
    private Segment _tail = new();
    private TupleBatch? _side;
    private long _slicesIn;
    private long _rowsIn;

    // Written by the executor.
    private Segment _head;
    private int _position;
    private long _slicesOut;
    private long _rowsOut;

    // Emptied segments on their way back from the executor to the loop.
    private readonly SpscRing<Segment> _spares = new(32);

    /// <param name="sharedSlices">How many slices may wait in shared batches.</param>
    public Inbox(int sharedSlices)
    {
        _sharedSlices = sharedSlices;
        _head = _tail;
    }

    /// <summary>How many rows wait; an estimate for other threads.</summary>
    public long Rows => Volatile.Read(ref _rowsIn) - Volatile.Read(ref _rowsOut);

    /// <summary>How many rows ever came in.</summary>
    public long RowsIn => Volatile.Read(ref _rowsIn);

    /// <summary>Called by the loop, which passes its reference on the batch along.</summary>
    public void Put(Slice slice, bool copy)
    {
        if (copy || _slicesIn - Volatile.Read(ref _slicesOut) >= _sharedSlices)
        {
            PutCopied(slice);
            return;
        }

        Add(slice);
    }

    /// <summary>Called by the executor: the slice in front, which stays there.</summary>
    public bool TryPeek(out Slice slice)
    {
        var head = _head;
        if (_position == SegmentSize)
        {
            var next = Volatile.Read(ref head.Next);
            if (next is null)
            {
                slice = default;
                return false;
            }

            head.Reset();
            _spares.TryPut(head);
            _head = head = next;
            _position = 0;
        }

        if (_position == Volatile.Read(ref head.Count))
        {
            slice = default;
            return false;
        }

        slice = head.Slices[_position];
        return true;
    }

    /// <summary>Called by the executor: the slice in front is done.</summary>
    public void Remove()
    {
        _head.Slices[_position] = default;
        _position++;
        Volatile.Write(ref _slicesOut, _slicesOut + 1);
    }

    /// <summary>Called by the executor: so many more rows are done.</summary>
    public void RowsDone(int rows) => Volatile.Write(ref _rowsOut, _rowsOut + rows);

    private void Add(Slice slice)
    {
        var tail = _tail;
        if (tail.Count == SegmentSize)
        {
            var next = _spares.TryTake() ?? new Segment();
            next.Slices[0] = slice;
            next.Count = 1;
            _tail = next;
            Volatile.Write(ref tail.Next, next);
        }
        else
        {
            tail.Slices[tail.Count] = slice;
            Volatile.Write(ref tail.Count, tail.Count + 1);
        }

        _slicesIn++;
        Volatile.Write(ref _rowsIn, _rowsIn + slice.Count);
    }

    /// <summary>Copies rows into a batch of the executor's own and lets the shared one go.</summary>
    private void PutCopied(Slice slice)
    {
        var from = slice.Batch;
        var row = slice.First;
        var left = slice.Count;
        while (left > 0)
        {
            var side = OpenSide(from.Rows[row].Arity);
            var first = side.Count;
            var copied = 0;
            while (left > 0 && side.HasRoom(from.Rows[row].Arity))
            {
                Copy(from, row, side);
                row = from.Rows[row].Next;
                left--;
                copied++;
            }

            side.AddReference();
            Add(new Slice(side, first, copied, slice.Sender));
        }

        from.Release();
    }

    private TupleBatch OpenSide(int arity)
    {
        if (_side is { } open)
        {
            if (open.HasRoom(arity)) return open;
            open.Release();
        }

        _side = _sidePool.Rent();
        _side.PublishOpen();
        _side.EnsureRoom(arity);
        return _side;
    }

    private static void Copy(TupleBatch from, int index, TupleBatch to)
    {
        ref var row = ref from.Rows[index];
        var extra = row.FirstExtra < 0 ? -1 : to.AddExtra(from.ExtraOf(row.FirstExtra));
        var values = to.AddValues(from.Values.AsSpan(row.FirstValue, row.Arity));
        to.AddRow(0, Row.Address(row.Arity, row.Source, row.Task), values, from.IdsOf(index), extra);
    }

    private sealed class Segment
    {
        public readonly Slice[] Slices = new Slice[SegmentSize];
        public int Count;
        public Segment? Next;

        public void Reset()
        {
            Count = 0;
            Next = null;
        }
    }
}
