using Topology.Messaging;

namespace Topology.Engine;

/// <summary>Runs the tasks of a spout: hands them the ends of their trees, and asks them for tuples while there is room downstream.</summary>
internal sealed class SpoutExecutor : Executor
{
    /// <summary>How long it leaves ackers that are behind to themselves, unless completions come.</summary>
    private const long LagNanoseconds = 20_000;

    private readonly RecyclingRing<CompletionBatch>?[] _completions;
    private readonly ReadyBits _readyAckers;
    private readonly long _positionInterval;
    private SpoutTask[] _tasks = [];
    private bool _isOpen;
    private bool _isActive;
    private bool _isLast;
    private int _firstTask;
    private int _untilClock = 1;
    private long _nextPositions = long.MaxValue;

    public SpoutExecutor(Worker worker, int index, string component) : base(worker, index, component)
    {
        Outputs = new Outputs(this);
        _positionInterval = EngineClock.ToNanoseconds(worker.Plan.Options.PositionInterval);
        _completions = new RecyclingRing<CompletionBatch>?[worker.ExecutorCapacity];
        _readyAckers = new ReadyBits(worker.ExecutorCapacity);
    }

    public Outputs Outputs { get; }

    public IReadOnlyList<SpoutTask> Tasks => _tasks;

    /// <summary>Whether every task is exhausted with nothing pending.</summary>
    public bool IsDone => Array.TrueForAll(_tasks, t => t.IsDone);

    /// <summary>Trees pending over its tasks, retries included.</summary>
    public int Pending => _tasks.Sum(t => t.Pending);

    /// <summary>Trees on their way over its tasks, those that wait for a retry apart.</summary>
    public int InFlight => _tasks.Sum(t => t.Pending - t.Waiting);

    /// <summary>Whether nothing is left to be written of the positions of its tasks. Read by other threads as well.</summary>
    public bool HasWrittenPositions => Array.TrueForAll(_tasks, t => t.Position.IsWritten);

    public void Connect(SpoutTask[] tasks) => _tasks = tasks;

    /// <summary>The lane of an acker; made at the first call, before the start.</summary>
    public RecyclingRing<CompletionBatch> CompletionsFrom(int acker) => _completions[acker] ??= new RecyclingRing<CompletionBatch>(256);

    /// <summary>An acker has sent completions. Legal from any thread.</summary>
    public void Ready(int acker)
    {
        _readyAckers.Set(acker);
        Wake();
    }

    /// <summary>Makes and opens the user's instances. On the executor's thread.</summary>
    public void Open()
    {
        foreach (var task in _tasks) Worker.Components.Open(task);
        _isOpen = true;
    }

    /// <summary>Starts or stops asking. On the executor's thread.</summary>
    public void SetActive(bool active, bool tell)
    {
        if (_isActive == active) return;
        _isActive = active;
        if (!tell) return;
        foreach (var task in _tasks)
        {
            try
            {
                if (active) task.Spout.Activate();
                else task.Spout.Deactivate();
            }
            catch (Exception exception)
            {
                Worker.ErrorPolicies.Handle(this, task, active ? "Activate" : "Deactivate", exception);
            }
        }
    }

    /// <summary>A generation is over: every pending tree fails, and no more is asked for until the next one. On the executor's thread.</summary>
    public void FailPending(FailKind cause)
    {
        SetActive(false, tell: _isOpen);
        foreach (var task in _tasks) task.FailPending(cause);
    }

    /// <summary>Has the newest position of each task written. On the executor's thread.</summary>
    public void KeepPositions()
    {
        _nextPositions = long.MaxValue;
        foreach (var task in _tasks) task.KeepPosition();
        if (!HasWrittenPositions) _nextPositions = Now + _positionInterval;
    }

    /// <summary>Reports the positions that nobody waits for any longer. On the executor's thread.</summary>
    public void ReportUnwrittenPositions()
    {
        foreach (var task in _tasks) task.Position.ReportUnwritten();
    }

    /// <summary>As <see cref="KeepPositions"/>, when nothing follows: a position that finds a write under way is written right after it.</summary>
    public void KeepLastPositions()
    {
        _isLast = true;
        KeepPositions();
    }

    /// <summary>A write of a position has ended. On the executor's thread.</summary>
    public void PositionEnded(TaskPosition position, bool isWritten)
    {
        if (_isLast && isWritten) position.Write();
        Worker.Watchdog.Signal();
    }

    /// <summary>Ends the user's instances. On the executor's thread.</summary>
    public void Close()
    {
        _isActive = false;
        if (!_isOpen) return;
        _isOpen = false;
        foreach (var task in _tasks) Worker.Components.Close(task);
    }

    protected override TurnResult RunTurn()
    {
        var result = RunTasks();
        // Whatever happened may have moved a position. Where nothing does, there is nothing to wake up for.
        if (result != TurnResult.Idle && _nextPositions == long.MaxValue && Array.Exists(_tasks, t => t.Position.IsKept)) _nextPositions = Now + _positionInterval;
        if (Now >= _nextPositions) KeepPositions();
        NextDeadline = Math.Min(NextDeadline, _nextPositions);
        return result;
    }

    private TurnResult RunTasks()
    {
        var result = DrainCompletions() ? TurnResult.Progress : TurnResult.Idle;
        NextDeadline = long.MaxValue;
        if (!Outputs.TryFlush()) return result | TurnResult.Backpressured;
        NoteFlushed();
        if (!_isActive || Worker.HasFailed) return result;
        if (Home.AckersLag)
        {
            NextDeadline = Now + LagNanoseconds;
            return result;
        }

        result |= AskAll();
        return Outputs.TryFlush() ? result : (result & ~TurnResult.More) | TurnResult.Backpressured;
    }

    /// <summary>Asks each task in turns. One that finds the output full is the first when there is room again, so that none takes all of it.</summary>
    private TurnResult AskAll()
    {
        var result = TurnResult.Idle;
        for (var i = 0; i < _tasks.Length; i++)
        {
            var place = (_firstTask + i) % _tasks.Length;
            if (i > 0 && Outputs.IsFull)
            {
                _firstTask = place;
                return result | TurnResult.More;
            }

            result |= Ask(_tasks[place]);
        }

        return result;
    }

    private TurnResult Ask(SpoutTask task)
    {
        if (!task.HasRoom)
        {
            NextDeadline = Math.Min(NextDeadline, task.NextRetry);
            return TurnResult.Idle;
        }

        if (!task.IsDue(Now))
        {
            NextDeadline = Math.Min(NextDeadline, Math.Min(task.NextPoll, task.NextRetry));
            return TurnResult.Idle;
        }

        try
        {
            return AskWhileItEmits(task);
        }
        catch (Exception exception)
        {
            task.BackOff(Now);
            NextDeadline = Math.Min(NextDeadline, task.NextPoll);
            Worker.ErrorPolicies.Handle(this, task, "NextTuple", exception);
            return TurnResult.Progress;
        }
    }

    private TurnResult AskWhileItEmits(SpoutTask task)
    {
        var end = task.Counters.Emitted + Worker.EmitsPerTurn;
        var result = TurnResult.Idle;
        while (task.Poll(Now))
        {
            result = TurnResult.Progress;
            if (task.Counters.Emitted >= end || Outputs.IsFull || IsOverdue || IsTurnOver()) return result | TurnResult.More;
            if (!task.HasRoom) return result;
        }

        NextDeadline = Math.Min(NextDeadline, Math.Min(task.NextPoll, task.NextRetry));
        return result;
    }

    /// <summary>Whether the turn has lasted, by the clock: looked at often where a call takes long and rarely where it does not.</summary>
    private bool IsTurnOver()
    {
        if (--_untilClock > 0) return false;
        var elapsed = Worker.Clock.Nanoseconds - Now;
        _untilClock = (int)Math.Clamp(TurnNanoseconds / 4 / Math.Max(1, elapsed), 1, 64);
        return elapsed >= TurnNanoseconds;
    }

    private bool DrainCompletions()
    {
        var any = false;
        for (var word = 0; word < _readyAckers.Words; word++)
        {
            var bits = _readyAckers.TakeWord(word);
            while (bits != 0)
            {
                var lane = _completions[ReadyBits.TakeLowest(ref bits, word)]!;
                while (lane.TryTake() is { } batch)
                {
                    Complete(batch);
                    lane.Recycle(batch);
                    any = true;
                }
            }
        }

        if (any) WakeWaiters();
        return any;
    }

    private void Complete(CompletionBatch batch)
    {
        foreach (ref readonly var run in batch.Acked) TaskOf(run.Root).Acked(run.Root & RootId.SequenceMask, (int)run.Value);
        foreach (var message in batch.Failed)
        {
            var task = TaskOf(message.Root);
            try
            {
                task.Failed(message.Root & RootId.SequenceMask, message.Value);
            }
            catch (Exception exception)
            {
                Worker.ErrorPolicies.Handle(this, task, "Fail", exception);
            }
        }
    }

    private SpoutTask TaskOf(ulong root) => _tasks[RootId.Task(root) - _tasks[0].Plan.Task];
}
