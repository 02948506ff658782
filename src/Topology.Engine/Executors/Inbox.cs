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
    private int _sideAdded;
    private long _slicesIn;
    private long _rowsIn;

    // Written by the executor.
    private Segment _head;
    private int _position;
    private long _slicesOut;
    private long _rowsOut;
    private long _rowsPassed;

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

    /// <summary>How many rows were worked off, those that did not wait here included; an estimate for other threads that never runs ahead.</summary>
    public long RowsDone => Volatile.Read(ref _rowsOut) + Volatile.Read(ref _rowsPassed);

    /// <summary>Whether no slice waits. Legal while one thread is both the loop and the executor.</summary>
    public bool IsEmpty => _slicesIn == _slicesOut;

    /// <summary>Called by the loop, which passes its reference on the batch along.</summary>
    public void Put(Slice slice, bool copy)
    {
        if (!copy && _slicesIn - Volatile.Read(ref _slicesOut) < _sharedSlices)
        {
            Add(slice);
            return;
        }

        Copy(slice.Batch, slice.First, slice.Count, slice.Lane);
        AddCopied(slice.Lane);
        slice.Batch.Release();
    }

    /// <summary>Called by the loop: copies a run from a row on, and all later runs for the same executor. The references on the batch stay the caller's.</summary>
    public void PutScattered(TupleBatch batch, int run, int row, Lane lane)
    {
        var place = batch.PlaceOf(run);
        Copy(batch, row, batch.EndOf(run) - row, lane);
        while (++run < batch.RunCount)
            if (batch.PlaceOf(run) == place) Copy(batch, batch.FirstOf(run), batch.EndOf(run) - batch.FirstOf(run), lane);
        AddCopied(lane);
    }

    /// <summary>Called by the executor: so many rows are done that did not wait here.</summary>
    public void Pass(int rows) => Volatile.Write(ref _rowsPassed, _rowsPassed + rows);

    /// <summary>Called by the executor: takes the slice in front.</summary>
    public bool TryTake(out Slice slice)
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
        head.Slices[_position] = default;
        _position++;
        Volatile.Write(ref _slicesOut, _slicesOut + 1);
        return true;
    }

    /// <summary>Called by the executor: so many more rows are done.</summary>
    public void Done(int rows) => Volatile.Write(ref _rowsOut, _rowsOut + rows);

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

    /// <summary>Copies rows into a batch of the executor's own.</summary>
    private void Copy(TupleBatch from, int first, int count, Lane lane)
    {
        for (var row = first; row < first + count; row++)
        {
            var arity = from.Rows[row].Arity;
            if (_side is not { } side || !side.HasRoom(arity)) side = OpenSide(arity, lane);
            side.Copy(from, row, 0);
        }
    }

    /// <summary>Lets the executor have what was copied.</summary>
    private void AddCopied(Lane lane)
    {
        if (_side is not { } side || side.Count == _sideAdded) return;
        side.AddReference();
        Add(new Slice(side, _sideAdded, side.Count - _sideAdded, lane));
        _sideAdded = side.Count;
    }

    private TupleBatch OpenSide(int arity, Lane lane)
    {
        if (_side is { } full)
        {
            AddCopied(lane);
            full.Release();
        }

        _side = _sidePool.Rent();
        _side.PublishOpen();
        _side.EnsureRoom(arity);
        _sideAdded = 0;
        return _side;
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
