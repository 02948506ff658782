using System.Runtime.CompilerServices;
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
    private readonly BoltTimers _timers;
    private BoltTask[] _tasks = [];

    // The rows in hand: those of the current batch from a row on, and the lane that they came by.
    private Lane _lane = null!;
    private int _row;
    private int _left;

    private int _untilSample = 1;
    private int _sampleStride = 1;
    private bool _isPrepared;

    private bool _mayTakeRows;

    public BoltExecutor(Worker worker, int index, string component) : base(worker, index, component)
    {
        _inbox = new Inbox(32 + (4 * worker.ExecutorCapacity));
        _outputs = new Outputs(this);
        _timers = new BoltTimers(this);
    }

    public IReadOnlyList<BoltTask> Tasks => _tasks;

    public Outputs Outputs => _outputs;

    /// <summary>The batch of the row in hand.</summary>
    public TupleBatch CurrentBatch { get; private set; } = null!;

    public override long QueueDepth => _inbox.Rows;

    /// <summary>How many rows were worked off.</summary>
    public long RowsOut => _inbox.RowsDone;

    /// <summary>How many tuples its tasks hold.</summary>
    public int HeldCount => _tasks.Sum(t => t.HeldTuples.Count);

    /// <summary>Whether rows may be run as they come, without waiting in the inbox, until the next turn: when nothing waits before them. Read after a turn.</summary>
    public bool TakesRows { get; private set; }

    /// <summary>Rows that were run as they came, since the last turn. Written before a turn begins.</summary>
    public int RowsAtOnce { get; set; }

    public void Connect(BoltTask[] tasks) => _tasks = tasks;

    public override void Receive(Slice slice) => _inbox.Put(slice, IsIsolated);

    /// <summary>Rows of a batch from one on, and all of later runs for this executor. They are copied. Called by the loop's thread.</summary>
    public void ReceiveScattered(TupleBatch batch, int run, int row, Lane lane) => _inbox.PutScattered(batch, run, row, lane);

    /// <summary>The first row since its last turn is about to be run as it comes.</summary>
    public void BeginAtOnce() => Now = Home.Now;

    /// <summary>The task of a row.</summary>
    public BoltTask TaskOf(TupleBatch batch, int row) => _tasks[batch.Rows[row].Task];

    /// <summary>
    /// Runs a row as it comes. What it leads to leaves with the executor's next turn, but for its ack; see <see cref="BoltTask.EndAtOnce"/>.
    /// After an exception <see cref="ErrorPolicies.HandleRow"/> is to be called.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void RunAtOnce(BoltTask task, TupleBatch batch, int row, TupleSource[] sources)
    {
        if (batch.Rows[row].FirstExtra >= 0) CurrentBatch = batch;
        task.BeginAtOnce();
        task.Execute(batch, row, sources);
    }

    /// <summary>The same, and times it. True when a moment is reached.</summary>
    /// <param name="task">The row's task.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="row">The row.</param>
    /// <param name="sources">The worker's sources.</param>
    /// <param name="end">The moment.</param>
    /// <param name="stride">How many rows on the next one is to be timed.</param>
    public bool RunAtOnceTimed(BoltTask task, TupleBatch batch, int row, TupleSource[] sources, long end, out int stride)
    {
        CurrentBatch = batch;
        stride = 1;
        task.BeginAtOnce();
        var isOver = RunSampled(task, batch, row, sources, end);
        stride = _sampleStride;
        return isOver;
    }

    /// <summary>The loop was lost during a row that was run as it came: what the loop would have done for it.</summary>
    public void EndLost(TupleBatch batch, TupleIds ack)
    {
        RowsAtOnce++;
        if (ack.Root != 0) _outputs.AckerOf(ack.Root).AddAck(ack.Root, ack.Edge);
        batch.Release();
    }

    /// <summary>Makes and prepares the user's instances. On the executor's thread.</summary>
    public void Prepare()
    {
        foreach (var task in _tasks) Worker.Components.Prepare(task);
        _isPrepared = true;
        // One whose work is asynchronous may have as much as it may do; its rows wait. A simulation chooses the order of turns.
        _mayTakeRows = !Worker.Options.IsSimulated && Array.TrueForAll(_tasks, t => t.Async is null);
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
        TakesRows = false;
        var result = FinishAtOnce();
        if (!_outputs.TryFlush()) return result | TurnResult.Backpressured;
        NoteFlushed();
        if (!_isPrepared || Worker.HasFailed) return result;
        if (Now >= _timers.NextDeadline)
        {
            _timers.Run();
            result = TurnResult.Progress;
        }

        result |= RunRows();
        if (!_outputs.TryFlush()) return (result & ~TurnResult.More) | TurnResult.Backpressured;
        NextDeadline = _timers.NextDeadline;
        TakesRows = _mayTakeRows && _left == 0 && !IsIsolated && _inbox.IsEmpty;
        return result;
    }

    /// <summary>Gives back the credit of rows that were run before the turn.</summary>
    private TurnResult FinishAtOnce()
    {
        if (RowsAtOnce == 0) return TurnResult.Idle;
        _inbox.Pass(RowsAtOnce);
        RowsAtOnce = 0;
        WakeWaiters();
        return TurnResult.Progress;
    }

    private TurnResult RunRows()
    {
        var result = TurnResult.Idle;
        var end = Now + TurnNanoseconds;
        var rows = 0;
        while (_left > 0 || TryTakeSlice())
        {
            result = TurnResult.Progress;
            var before = _left;
            var ended = RunSlice(CurrentBatch, end);
            CountDone(before - _left);
            rows += before - _left;
            if (_left == 0) CurrentBatch.Release();
            if (ended || rows >= RowsPerTurn)
            {
                WakeWaiters();
                // Whether downstream has room is for the flush that follows: a credit that came in between must not leave rows here without a turn.
                return _left > 0 && !HasRoom(CurrentBatch) ? result : result | TurnResult.More;
            }
        }

        if (result != TurnResult.Idle) WakeWaiters();
        return result;
    }

    private bool TryTakeSlice()
    {
        if (!_inbox.TryTake(out var slice)) return false;
        Take(slice);
        return true;
    }

    private void Take(Slice slice)
    {
        CurrentBatch = slice.Batch;
        _lane = slice.Lane;
        _row = slice.First;
        _left = slice.Count;
    }

    private void CountDone(int rows)
    {
        _inbox.Done(rows);
        _lane.AddDone(Place, rows);
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
                Advance();
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
                var isOver = RunSampled(task, batch, _row, sources, end);
                Advance();
                if (isOver) return true;
            }
            else
            {
                task.Execute(batch, _row, sources);
                Advance();
            }

            if (_outputs.IsOverdrawn || IsOverdue) return true;
        }

        return false;
    }

    private void Advance()
    {
        _row++;
        _left--;
    }

    /// <summary>Runs a row and times it. True when the turn has lasted long enough.</summary>
    private bool RunSampled(BoltTask task, TupleBatch batch, int row, TupleSource[] sources, long end)
    {
        var weight = _sampleStride;
        _untilSample = 1;
        _sampleStride = 1;
        var start = Worker.Clock.Nanoseconds;
        task.Execute(batch, row, sources);
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
