using System.Runtime.CompilerServices;
using Topology.Messaging;

namespace Topology.Engine;

/// <summary>
/// Runs batches whose rows are for several executors of a loop in the order of the rows, each by its executor, while they are in a cache. With many executors
/// on either side each gets but a few rows of a batch: gathered by executor first, they would be read again when they have long left the cache. For the same
/// reason the acks of these rows leave together.
/// </summary>
/// <remarks>
/// Rows that an executor cannot take at once wait in its inbox, and so do all later ones of it. When the loop gets another thread while a row blocks, that thread
/// goes on with the next row; the blocked executor has one reference on the batch.
/// </remarks>
internal sealed class ScatteredRows(EventLoop loop, Worker worker)
{
    /// <summary>8,192 acks: what an acker works off in some 50 µs.</summary>
    private const int LagBatches = 32;

    private AckOutbox[] _ackers = [];

    // By the executor's place in the loop.
    private Seat[] _seats = [];

    // Written by the loop's thread. The batch in hand, up to where its rows are done, and how many references on it the loop has to give back.
    private TupleBatch? _batch;
    private Lane _lane = null!;
    private int _run;
    private int _row;
    private int _released;
    private bool _isOver;

    // By place, the number of the last batch in which the executor's rows had to wait.
    private long[] _waitsIn = [];
    private long _batches;
    private bool _anyWaits;

    // How long rows took on average, lately.
    private long _nanoseconds;
    private long _rows;

    /// <summary>
    /// Whether an acker is so far behind with the acks of such rows that new tuples would only wait, and leave the caches: then the loop's spouts are not asked.
    /// </summary>
    public bool AckersLag { get; private set; }

    /// <summary>Before the start, when the loop has its executors.</summary>
    public void Connect(IReadOnlyList<IAcker> ackers)
    {
        _ackers = [.. ackers.Select(acker => new AckOutbox(acker, worker.AckSenderOf(loop)))];
        _waitsIn = new long[loop.Executors.Count];
        _seats = [.. loop.Executors.Select(e => new Seat { Executor = e as BoltExecutor, Task = e is BoltExecutor { Tasks: [var task] } ? task : null, Index = e.Index, UntilSample = 1 })];
    }

    /// <summary>Sends the acks of what was run. False when some have to wait for their acker, and this is to be called again.</summary>
    public bool TryFlush()
    {
        var flushed = true;
        AckersLag = false;
        foreach (var acker in _ackers)
        {
            flushed &= acker.TryFlush();
            AckersLag |= acker.Waiting > LagBatches;
        }

        return flushed;
    }

    /// <summary>Runs a batch. False when the loop was given to another thread.</summary>
    public bool TryRun(Lane lane, TupleBatch batch, long end)
    {
        _lane = lane;
        _run = 0;
        _row = 0;
        // One reference of the loop's own, until the end.
        batch.AddReference();
        _released = 1;
        _batches++;
        _anyWaits = false;
        _batch = batch;
        return RunBatch(batch, end);
    }

    /// <summary>Goes on with a batch during which the loop was given to this thread, if there is one. False when it was given to another one again.</summary>
    public bool TryEnd(long end)
    {
        if (_batch is not { } batch) return true;
        // The row that blocked takes one with it.
        batch.AddReference();
        PassOn(_seats[batch.PlaceOf(_run)].Executor!);
        return RunBatch(batch, end);
    }

    /// <summary>An executor is about to get a turn: it is told of the rows that were run since the last one.</summary>
    public void BeginTurn(Executor executor)
    {
        if ((uint)executor.Place >= (uint)_seats.Length) return;
        ref var seat = ref _seats[executor.Place];
        seat.Takes = false;
        if (seat.Rows == 0) return;
        executor.Times.AddBusy(seat.Rows * _nanoseconds / Math.Max(1, _rows));
        seat.Executor!.RowsAtOnce += seat.Rows;
        seat.Rows = 0;
    }

    /// <summary>It has had its turn, and the loop was not lost.</summary>
    public void EndTurn(Executor executor)
    {
        if ((uint)executor.Place >= (uint)_seats.Length) return;
        ref var seat = ref _seats[executor.Place];
        seat.Takes = seat.Executor?.TakesRows ?? false;
    }

    /// <summary>Rows wait in the inbox of the executor at a place, so later ones have to wait as well.</summary>
    public void Wait(int place) => _seats[place].Takes = false;

    private bool RunBatch(TupleBatch batch, long end)
    {
        var start = loop.Now;
        // A batch that was begun may end later, so that its last rows need not be copied where they are quick.
        end += Executor.TurnNanoseconds / 4;
        _isOver = worker.HasFailed;
        for (; _run < batch.RunCount; _run++)
        {
            var place = batch.PlaceOf(_run);
            var last = batch.EndOf(_run);
            if (_anyWaits && _waitsIn[place] == _batches) _row = last;
            else if (!TryRun(batch, place, last, end)) return false;
            if (_row == last) _released++;
            else Wait(batch, _seats[place].Executor!, last);
        }

        _batch = null;
        Count(batch.Count, loop.ReadClock() - start);
        batch.Release(_released);
        return true;
    }

    /// <summary>Runs rows of a run while their executor takes them. False when the loop was given to another thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryRun(TupleBatch batch, int place, int last, long end)
    {
        ref var seat = ref _seats[place];
        if (_isOver || !seat.Takes) return true;
        var executor = seat.Executor!;
        if (seat.Rows == 0) Begin(executor);
        var tenure = loop.Tenure;
        do
        {
            // What is the loop's own is not touched again before the call has ended.
            var row = _row++;
            var lane = _lane;
            var task = seat.Task ?? executor.TaskOf(batch, row);
            var isTimed = --seat.UntilSample == 0;
            seat.Takes = false;
            tenure.Begin(seat.Index);
            var stride = 0;
            var isOver = false;
            try
            {
                if (isTimed) isOver = executor.RunAtOnceTimed(task, batch, row, worker.Sources, end, out stride);
                else executor.RunAtOnce(task, batch, row, worker.Sources);
            }
            catch (Exception exception)
            {
                worker.ErrorPolicies.HandleRow(executor, batch, row, exception);
                isOver = worker.HasFailed || worker.Clock.Nanoseconds >= end;
            }

            var ack = task.EndAtOnce();
            lane.AddDone(place, 1);
            if (!tenure.TryEnd())
            {
                executor.EndLost(batch, ack);
                return false;
            }

            seat.Rows++;
            seat.Takes = !executor.Outputs.IsOverdrawn;
            if (isTimed) seat.UntilSample = Math.Max(1, stride);
            _isOver = isOver;
            if (ack.Root != 0) _ackers[worker.AckerOf(ack.Root)].AddAck(ack.Root, ack.Edge);
        }
        while (_row < last && seat.Takes && !_isOver);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Begin(BoltExecutor executor)
    {
        executor.BeginAtOnce();
        loop.HasRows(executor);
    }

    /// <summary>The loop was taken from its thread inside this executor, which does not come back here before it has shown that it does not block.</summary>
    private void PassOn(BoltExecutor executor)
    {
        ref var seat = ref _seats[executor.Place];
        var rows = seat.Rows;
        if (rows == 0) return;
        seat.Rows = 0;
        executor.Mailbox.PostControl(() => executor.RowsAtOnce += rows);
        executor.Wake();
    }

    /// <summary>Puts the rest of a run into the executor's inbox, with later runs of it, which then are to be left out.</summary>
    private void Wait(TupleBatch batch, BoltExecutor executor, int last)
    {
        Wait(executor.Place);
        if (IsLastOfIts(batch))
        {
            executor.Receive(new Slice(batch, _row, last - _row, _lane));
        }
        else
        {
            executor.ReceiveScattered(batch, _run, _row, _lane);
            _waitsIn[executor.Place] = _batches;
            _anyWaits = true;
            _released++;
        }

        loop.HasRows(executor);
        _row = last;
    }

    private bool IsLastOfIts(TupleBatch batch)
    {
        var place = batch.PlaceOf(_run);
        for (var other = _run + 1; other < batch.RunCount; other++)
            if (batch.PlaceOf(other) == place) return false;
        return true;
    }

    private void Count(int rows, long nanoseconds)
    {
        _rows = (_rows / 2) + rows;
        _nanoseconds = (_nanoseconds / 2) + nanoseconds;
    }
}
