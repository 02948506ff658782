using Topology.Messaging;

namespace Topology.Engine;

/// <summary>Runs the tasks of a bolt over the rows that its loop has put into its inbox.</summary>
internal sealed class BoltExecutor : Executor
{
    /// <summary>One row in so many is timed, or more of them where rows are slow.</summary>
    private const int SampleEvery = 64;

    /// <summary>Acks and emitted rows leave at the latest after about so many rows, and credit goes back.</summary>
    private const int RowsPerTurn = 1024;

    private readonly Inbox _inbox;
    private readonly Outputs _outputs;
    private readonly long[] _rowsDone;
    private readonly BoltTimers _timers;
    private BoltTask[] _tasks = [];

    // Where the slice in front has been worked off to.
    private int _row;
    private int _left;

    private int _untilSample = 1;
    private int _sampleStride = 1;
    private bool _isPrepared;

    public BoltExecutor(Worker worker, int index, string component) : base(worker, index, component)
    {
        _inbox = new Inbox(32 + (4 * worker.ExecutorCapacity));
        _outputs = new Outputs(this);
        _rowsDone = new long[worker.ExecutorCapacity];
        _timers = new BoltTimers(this);
    }

    public IReadOnlyList<BoltTask> Tasks => _tasks;

    public Outputs Outputs => _outputs;

    /// <summary>The batch of the row in hand.</summary>
    public TupleBatch CurrentBatch { get; private set; } = null!;

    public override long QueueDepth => _inbox.Rows;

    /// <summary>How many rows ever came in; with <see cref="RowsOut"/>, what quiescence is told by.</summary>
    public long RowsIn => _inbox.RowsIn;

    /// <summary>How many rows were worked off.</summary>
    public long RowsOut => _inbox.RowsIn - _inbox.Rows;

    /// <summary>How many tuples its tasks hold.</summary>
    public int HeldCount => _tasks.Sum(t => t.HeldTuples.Count);

    /// <summary>How many rows of one sender were worked off. Legal from any thread.</summary>
    public long RowsDoneFor(int sender) => Volatile.Read(ref _rowsDone[sender]);

    public void Connect(BoltTask[] tasks) => _tasks = tasks;

    public override void Receive(Slice slice) => _inbox.Put(slice, IsIsolated);

    /// <summary>Makes and prepares the user's instances. On the executor's thread.</summary>
    public void Prepare()
    {
        foreach (var task in _tasks) Worker.Components.Prepare(task);
        _isPrepared = true;
        _timers.Start();
    }

    /// <summary>Lets the user's instances emit what they gathered, which is the last that they emit. On the executor's thread.</summary>
    public void Finish()
    {
        _timers.StopTicks();
        foreach (var task in _tasks)
        {
            try
            {
                task.Finish();
            }
            catch (Exception exception)
            {
                Worker.ErrorPolicies.Handle(this, task, "Finish", null, exception);
            }
        }
    }

    /// <summary>Ends the user's instances. On the executor's thread.</summary>
    public void Cleanup()
    {
        if (!_isPrepared) return;
        _isPrepared = false;
        _timers.Stop();
        foreach (var task in _tasks) Worker.Components.Cleanup(task);
    }

    /// <summary>A task holds a tuple: it will have to be looked at again.</summary>
    public void HoldsTuples() => _timers.HoldsTuples();

    public void Report(BoltTask task, string call, string? tuple, Exception error) => Worker.Errors.Report(task.Plan, task.Counters, call, tuple, error);

    protected override TurnResult RunTurn()
    {
        // While downstream is full ticks wait as rows do, for the credit that wakes the executor; a deadline that has passed would have it run in vain.
        NextDeadline = long.MaxValue;
        if (!_outputs.TryFlush()) return TurnResult.Backpressured;
        if (!_isPrepared || Worker.HasFailed) return TurnResult.Idle;
        var result = TurnResult.Idle;
        if (Now >= _timers.NextDeadline)
        {
            _timers.Run();
            result = TurnResult.Progress;
        }

        result |= RunRows();
        if (!_outputs.TryFlush()) return (result & ~TurnResult.More) | TurnResult.Backpressured;
        NextDeadline = _timers.NextDeadline;
        return result;
    }

    private TurnResult RunRows()
    {
        var result = TurnResult.Idle;
        var end = Now + TurnNanoseconds;
        var rows = 0;
        while (_inbox.TryPeek(out var slice))
        {
            result = TurnResult.Progress;
            if (_left == 0)
            {
                _row = slice.First;
                _left = slice.Count;
            }

            CurrentBatch = slice.Batch;
            var before = _left;
            var ended = RunSlice(slice.Batch, end);
            var done = before - _left;
            _inbox.RowsDone(done);
            Volatile.Write(ref _rowsDone[slice.Sender], _rowsDone[slice.Sender] + done);
            if (_left == 0)
            {
                _inbox.Remove();
                slice.Batch.Release();
            }

            rows += done;
            if (ended || rows >= RowsPerTurn)
            {
                WakeWaiters();
                // Whether downstream has room is for the flush that follows: a credit that came in between must not leave rows here without a turn.
                return _left > 0 && !HasRoom(slice.Batch) ? result : result | TurnResult.More;
            }
        }

        if (result != TurnResult.Idle) WakeWaiters();
        return result;
    }

    /// <summary>Runs rows until the slice ends, downstream is full, or the turn has lasted. True when the turn ends with this.</summary>
    private bool RunSlice(TupleBatch batch, long end)
    {
        while (_left > 0)
        {
            try
            {
                if (RunRowsOf(batch, end)) return true;
            }
            catch (Exception exception)
            {
                // The row that threw counts as done before its error is handled, so that nothing can run it twice.
                var row = _row;
                Advance(batch);
                Worker.ErrorPolicies.HandleRow(this, batch, row, exception);
                if (_outputs.IsOverdrawn || IsOverdue || Worker.HasFailed || Worker.Clock.Nanoseconds >= end) return true;
            }
        }

        return false;
    }

    private bool RunRowsOf(TupleBatch batch, long end)
    {
        var tasks = _tasks;
        var sources = Worker.Sources;
        while (_left > 0)
        {
            var task = tasks[batch.Rows[_row].Task];
            if (task.Async is { HasRoom: false }) return true;
            if (--_untilSample == 0)
            {
                if (RunSampled(task, batch, sources, end)) return true;
            }
            else
            {
                task.Execute(batch, _row, sources);
                Advance(batch);
            }

            if (_outputs.IsOverdrawn || IsOverdue) return true;
        }

        return false;
    }

    private void Advance(TupleBatch batch)
    {
        _row = batch.Rows[_row].Next;
        _left--;
    }

    /// <summary>Runs a row and times it. True when the turn has lasted long enough.</summary>
    private bool RunSampled(BoltTask task, TupleBatch batch, TupleSource[] sources, long end)
    {
        var weight = _sampleStride;
        _untilSample = 1;
        _sampleStride = 1;
        var start = Worker.Clock.Nanoseconds;
        task.Execute(batch, _row, sources);
        Advance(batch);
        var now = Worker.Clock.Nanoseconds;
        task.Counters.ExecuteLatency.Record(now - start, weight);
        // So many rows of this length take a quarter of a turn: slow rows are all timed, and end the turn one by one.
        _sampleStride = (int)Math.Clamp(TurnNanoseconds / 4 / Math.Max(1, now - start), 1, SampleEvery);
        _untilSample = _sampleStride;
        return now >= end;
    }

    /// <summary>Whether the task of the next row may start another piece of work.</summary>
    private bool HasRoom(TupleBatch batch) => _tasks[batch.Rows[_row].Task].Async is not { HasRoom: false };
}
