using System.Collections.Immutable;

namespace Topology.Engine;

/// <summary>
/// Leads a run from its start to its end. <see cref="Step"/> looks at how far it is and has the executors do the next thing, through their mailboxes; it never
/// waits. The watchdog calls it every few milliseconds, a simulation when it likes.
/// </summary>
internal sealed class RunCoordinator(Worker worker)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<RunResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Quiescence _quiescence = new(worker);
    private readonly ImmutableArray<ComponentPlan> _flow = [.. FlowOrder.Of(worker.Plan)];

    // Users' code and threads are waited for while they clean up, and those take real time whatever the worker's clock shows; in a simulation there are none.
    private readonly EngineClock? _realClock = worker.Options.IsSimulated || worker.Clock.IsReal ? null : new EngineClock(TimeProvider.System);
    private RunPhase _phase = RunPhase.Waiting;
    private Told _told = new();
    private int _finished;
    private string? _finishing;
    private bool _isActive;
    private bool _isPrepareRequested;
    private bool _isEndRequested;
    private bool _isFinishRequested;
    private bool _isStopRequested;

    // What spouts had emitted and seen acked when they were told to keep their last positions, all of them being exhausted; -1 when they were not.
    private long _keptAt = -1;
    private long _deadline = long.MaxValue;
    private long _realDeadline = long.MaxValue;
    private long _commitDeadline = long.MaxValue;
    private long _dropped;
    private Exception? _failure;

    /// <summary>Ends with the run; never faults.</summary>
    public Task<RunResult> Completion => _completion.Task;

    /// <summary>Ends when every bolt is prepared and every spout opened; faults when that failed, or the run ended before.</summary>
    public Task Opened => _opened.Task;

    public RunPhase Phase => _phase;

    /// <summary>
    /// Whether bolts get their ticks. While the last rows are worked off ticks could make new ones for ever, and <c>Finish</c> takes their place; but a tuple
    /// that is held may be waiting for one. Read by any thread.
    /// </summary>
    public bool WantsTicks => _phase < RunPhase.Settling || worker.Bolts.Any(b => b.HeldCount > 0);

    /// <summary>When, on the worker's clock, it gives up what it waits for; <see cref="long.MaxValue"/> for never.</summary>
    public long Deadline
    {
        get
        {
            lock (_lock) return _phase == RunPhase.Committing ? Math.Min(_deadline, _commitDeadline) : _deadline;
        }
    }

    public RunState State
    {
        get
        {
            lock (_lock)
            {
                return _phase switch
                {
                    RunPhase.Ended when _failure is not null => RunState.Failed,
                    RunPhase.Ended => _isStopRequested ? RunState.Stopped : RunState.Completed,
                    RunPhase.Waiting => _isActive ? RunState.Starting : RunState.Inactive,
                    RunPhase.Preparing or RunPhase.Opening => RunState.Starting,
                    RunPhase.Running => _isActive ? RunState.Active : RunState.Inactive,
                    _ => RunState.Draining,
                };
            }
        }
    }

    /// <summary>Whether every component that runs here has finished, and other workers were told.</summary>
    public bool HasFinished { get; private set; }

    /// <summary>Whether the spouts were ended by an order or a stop, and what they had acked is stored.</summary>
    public bool HasEndedSpouts => _phase > RunPhase.Committing;

    /// <summary>Whether the positions of all that the spouts had acked are stored, and no more will follow unless a tree fails. Read by any thread.</summary>
    public bool HasCommitted
    {
        get
        {
            lock (_lock)
            {
                if (worker.Spouts.IsEmpty) return true;
                var isLast = _phase == RunPhase.Running ? _keptAt >= 0 && IsToldDone && IsExhausted && _keptAt == SpoutSteps : HasEndedSpouts;
                return isLast && worker.Spouts.All(s => s.HasWrittenPositions);
            }
        }
    }

    private bool IsShare => worker.Options.Share is not null;

    private bool IsExhausted => worker.Spouts.All(s => s.IsDone);

    private long SpoutSteps => worker.Spouts.Sum(s => s.Tasks.Sum(t => Volatile.Read(ref t.Counters.Emitted) + Volatile.Read(ref t.Counters.Acked) + t.Counters.Failed.Sum()));

    /// <summary>Prepares bolts and opens spouts, which rest until they are made active.</summary>
    public void RequestPrepare()
    {
        lock (_lock) _isPrepareRequested = true;
    }

    /// <summary>For a share: ends the spouts. What is in flight is worked off, and positions are stored.</summary>
    public void RequestEnd()
    {
        lock (_lock) _isEndRequested = true;
    }

    /// <summary>For a share: no spout of any worker emits any more. Bolts finish, each once all that it can receive was worked off; then all is cleaned up.</summary>
    public void RequestFinish()
    {
        lock (_lock) _isFinishRequested = true;
    }

    /// <summary>For a share: a generation is over. Every pending tree fails, and spouts rest.</summary>
    public void FailPending(FailKind cause)
    {
        lock (_lock)
        {
            if (_phase >= RunPhase.CleaningUp) return;
            _isActive = false;
            Tell(worker.Spouts, spout => spout.FailPending(cause));
        }
    }

    /// <summary>Has the spouts asked for tuples; starts a run that was submitted inactive.</summary>
    public void SetActive(bool active)
    {
        lock (_lock)
        {
            if (_isActive == active || _phase > RunPhase.Running || _isEndRequested || _isFinishRequested) return;
            _isActive = active;
            if (_phase == RunPhase.Running) TellSpouts(active);
        }
    }

    /// <summary>Ends the spouts, and the run when what is on its way is worked off or the time is up.</summary>
    public void RequestStop(TimeSpan drain)
    {
        lock (_lock)
        {
            // There is nothing left to drain, and cleaning up has a time of its own.
            if (_phase >= RunPhase.CleaningUp) return;
            var time = EngineClock.ToNanoseconds(drain);
            if (time != long.MaxValue) _deadline = Math.Min(_deadline, worker.Clock.Nanoseconds + time);
            _isStopRequested = true;
        }
    }

    /// <summary>Ends the run as failed. The first error counts.</summary>
    public void Fail(Exception error)
    {
        lock (_lock) _failure ??= error;
    }

    /// <summary>Looks how far the run is. Called by one thread at a time; takes microseconds.</summary>
    public void Step()
    {
        lock (_lock)
        {
            if (_phase == RunPhase.Ended) return;
            if (_failure is not null && _phase < RunPhase.CleaningUp) CleanUp();
            else if (_isStopRequested && _phase < RunPhase.EndingTrees) EndSpouts();
            else if (IsOverdue) GiveUp();
            else StepPhase();
        }
    }

    private bool IsOverdue => _phase is RunPhase.EndingTrees or RunPhase.Settling or RunPhase.Finishing && worker.Clock.Nanoseconds >= _deadline;

    private void StepPhase()
    {
        switch (_phase)
        {
            case RunPhase.Waiting when _isActive || _isPrepareRequested:
                Tell(RunPhase.Preparing, worker.Bolts, bolt => bolt.Prepare());
                break;
            case RunPhase.Preparing when IsToldDone:
                Tell(RunPhase.Opening, worker.Spouts, spout => spout.Open());
                break;
            case RunPhase.Opening when IsToldDone:
                _phase = RunPhase.Running;
                _opened.TrySetResult();
                // Opened active: Activate is for a change.
                if (_isActive) Tell(worker.Spouts, spout => spout.SetActive(true, tell: false));
                break;
            case RunPhase.Running when IsShare ? _isEndRequested || _isFinishRequested : _isActive && IsExhausted:
                EndSpouts();
                break;
            // Whether the other parts of the topology are done is not for a share to know: it waits for orders.
            case RunPhase.Running when IsShare && IsToldDone && IsExhausted && _keptAt != SpoutSteps:
                _keptAt = SpoutSteps;
                Tell(worker.Spouts, spout => spout.KeepLastPositions());
                break;
            case RunPhase.EndingTrees when IsToldDone && worker.Spouts.All(s => s.InFlight == 0):
                _dropped = worker.Spouts.Sum(s => s.Pending);
                CommitPositions();
                break;
            case RunPhase.Committing when IsToldDone && worker.Spouts.All(s => s.HasWrittenPositions):
                _phase = AfterCommitting;
                break;
            case RunPhase.Committing when IsCommitOverdue:
                Tell(AfterCommitting, worker.Spouts, spout => spout.ReportUnwrittenPositions());
                break;
            case RunPhase.Drained when _isStopRequested:
                CleanUp();
                break;
            case RunPhase.Drained when _isFinishRequested:
                _phase = RunPhase.Settling;
                break;
            case RunPhase.Settling when IsToldDone && (IsShare ? MayFinishNext() : _quiescence.Look()):
                FinishNext();
                break;
            case RunPhase.Finishing when IsToldDone && (!IsShare || HasLeft()):
                _phase = RunPhase.Settling;
                break;
            case RunPhase.CleaningUp when IsToldDone || IsCleanupOverdue:
                End();
                break;
        }
    }

    private bool IsCleanupOverdue => worker.Clock.Nanoseconds >= _deadline || _realClock?.Nanoseconds >= _realDeadline;

    private bool IsCommitOverdue => worker.Clock.Nanoseconds >= Math.Min(_deadline, _commitDeadline) || _realClock?.Nanoseconds >= _realDeadline;

    private bool IsToldDone => Volatile.Read(ref _told.Outstanding) == 0;

    private RunPhase AfterCommitting => IsShare ? RunPhase.Drained : RunPhase.Settling;

    private void TellSpouts(bool active) => Tell(worker.Spouts, spout => spout.SetActive(active, tell: true));

    private void EndSpouts()
    {
        if (_phase < RunPhase.Running)
        {
            CleanUp();
            return;
        }

        Tell(worker.Spouts, spout => spout.SetActive(false, tell: false));
        _phase = RunPhase.EndingTrees;
    }

    /// <summary>What is acked stays acked from here on, whatever becomes of the rest of the run.</summary>
    private void CommitPositions()
    {
        var time = EngineClock.ToNanoseconds(worker.Options.CleanupTime);
        _commitDeadline = worker.Clock.Nanoseconds + time;
        if (_realClock is not null) _realDeadline = _realClock.Nanoseconds + time;
        Tell(RunPhase.Committing, worker.Spouts, spout => spout.KeepLastPositions());
    }

    private void FinishNext()
    {
        _quiescence.Reset();
        while (_finished < _flow.Length && !FinishesNext(_flow[_finished])) _finished++;
        if (_finished == _flow.Length)
        {
            HasFinished = true;
            CleanUp();
            return;
        }

        var component = _finishing = _flow[_finished++].Id;
        Tell(RunPhase.Finishing, worker.Bolts.Where(b => b.Component == component), bolt => bolt.Finish());
        if (IsShare) Tell(worker.Executors.Where(e => e.Component == component && e is not RemoteExecutor), executor => executor.Leave());
    }

    /// <summary>Spouts have no <c>Finish</c>, but in a share what they have emitted must have left before others can be told of their end.</summary>
    private bool FinishesNext(ComponentPlan component) =>
        IsShare ? worker.Executors.Any(e => e.Component == component.Id && e is not RemoteExecutor) : component.Kind == ComponentKind.Bolt;

    /// <summary>Whether all is told that has ended here, nothing can come any more for the next component that runs here, and nothing is on its way to it.</summary>
    private bool MayFinishNext()
    {
        if (!worker.Ends!.TryTell()) return false;
        var next = _flow.Skip(_finished).FirstOrDefault(FinishesNext);
        if (next is null || next.Kind == ComponentKind.Spout) return true;
        if (worker.Ends.HasEndedBefore(next)) return _quiescence.Look();
        _quiescence.Reset();
        return false;
    }

    /// <summary>Whether all that the component emitted which has finished is with the links, or the lanes; then the others are told.</summary>
    private bool HasLeft()
    {
        if (!worker.Executors.All(e => e.Component != _finishing || e is RemoteExecutor || e.HasLeft)) return false;
        worker.Ends!.End(_finishing!);
        worker.Ends.TryTell();
        return true;
    }

    /// <summary>The time to drain is up: what is left is dropped and counted.</summary>
    private void GiveUp()
    {
        // A tree that is pending is, as a rule, a row on its way or a tuple that is held; it counts for itself only where there are fewer of those.
        var trees = worker.Spouts.Sum(s => s.InFlight);
        var retries = worker.Spouts.Sum(s => s.Pending) - trees;
        _dropped = Math.Max(trees, _quiescence.RowsOnTheWay + worker.Bolts.Sum(b => b.HeldCount)) + Math.Max(0, retries);
        CleanUp();
    }

    private void CleanUp()
    {
        var time = EngineClock.ToNanoseconds(worker.Options.CleanupTime);
        _deadline = worker.Clock.Nanoseconds + time;
        if (_realClock is not null) _realDeadline = _realClock.Nanoseconds + time;
        // What executors were told before and have yet to do is not waited for, and must not be counted as cleaned up when it is done after all.
        _told = new Told();
        Tell(RunPhase.CleaningUp, worker.Spouts, spout => spout.Close());
        Tell(worker.Bolts, bolt => bolt.Cleanup());
    }

    private void End()
    {
        var state = _failure is not null ? RunState.Failed : _isStopRequested ? RunState.Stopped : RunState.Completed;
        _phase = RunPhase.Ended;
        var result = new RunResult(state, MetricsReader.Read(worker), worker.Errors.Reports, _failure, _dropped);
        worker.Stop();
        if (_opened.TrySetException(_failure ?? new TopologyException("The run was stopped before all of it was prepared and opened."))) _ = _opened.Task.Exception;
        _completion.SetResult(result);
    }

    private void Tell<T>(RunPhase next, IEnumerable<T> executors, Action<T> action)
        where T : Executor
    {
        _phase = next;
        Tell(executors, action);
    }

    private void Tell<T>(IEnumerable<T> executors, Action<T> action)
        where T : Executor
    {
        var told = _told;
        foreach (var executor in executors)
        {
            Interlocked.Increment(ref told.Outstanding);
            executor.Mailbox.PostControl(() =>
            {
                try
                {
                    action(executor);
                }
                finally
                {
                    Interlocked.Decrement(ref told.Outstanding);
                    worker.Watchdog.Signal();
                }
            });
            executor.Wake();
        }
    }

    /// <summary>How many executors have yet to do what they were told.</summary>
    private sealed class Told
    {
        public int Outstanding;
    }
}
