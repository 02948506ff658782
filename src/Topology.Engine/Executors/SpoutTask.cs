namespace Topology.Engine;

/// <summary>One task of a spout: the user's instance, and when it is asked for more.</summary>
internal abstract class SpoutTask(SpoutExecutor executor, TaskPlan plan, Emitter emitter, TaskCounters counters)
{
    private const long FirstBackoff = 1_000;
    private const long LongestBackoff = 10_000_000;

    private long _backoff;
    private int _isWoken;

    public SpoutExecutor Executor { get; } = executor;

    public TaskPlan Plan { get; } = plan;

    public Emitter Emitter { get; } = emitter;

    public TaskCounters Counters { get; } = counters;

    public required TaskServices Services { get; init; }

    /// <summary>What the task keeps beyond the death of its worker; it outlives a restart of the task.</summary>
    public TaskPosition Position { get; } = new(executor, plan, counters);

    /// <summary>The user's instance.</summary>
    public abstract SpoutBase Spout { get; }

    /// <summary>Whether the user's instance was closed, which a fresh one has yet to replace.</summary>
    public bool HasEnded { get; set; }

    /// <summary>When it is asked again, unless it is woken or a tree of it ends.</summary>
    public long NextPoll { get; private set; }

    /// <summary>Whether it said that it is exhausted, with nothing pending and nothing waiting for a retry.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Trees pending, those waiting for a retry included. Read by other threads as well.</summary>
    public abstract int Pending { get; }

    /// <summary>Records that wait for a retry.</summary>
    public virtual int Waiting => 0;

    /// <summary>Records given up without a consumer of dead letters, and trees and records that restarts dropped. Read by other threads as well.</summary>
    public virtual long Lost => 0;

    /// <summary>Records given up and sent to the dead-letter stream. Read by other threads as well.</summary>
    public virtual long DeadLetters => 0;

    /// <summary>When a record that waits for its retry is due.</summary>
    public virtual long NextRetry => long.MaxValue;

    /// <summary>Whether it may emit.</summary>
    public abstract bool HasRoom { get; }

    /// <summary>Sets the user's instance: a first one, or a fresh one after an error.</summary>
    public abstract void Use(SpoutBase spout);

    /// <summary>Has the user's instance emit.</summary>
    protected abstract void NextTuple();

    /// <summary>So many trees, one after the other, are complete. An exception of the user's code is handled here, so that the others are not lost.</summary>
    public abstract void Acked(ulong firstSequence, int count);

    /// <summary>A tree failed.</summary>
    public abstract void Failed(ulong sequence, ulong code);

    /// <summary>Fails every pending tree at once, for a reason that is not of its tuples. An exception of the user's code is handled here, so that the others are not lost.</summary>
    public virtual void FailPending(FailKind cause)
    {
    }

    /// <summary>Drops every pending tree and returns how many there were.</summary>
    public virtual int DropPending() => 0;

    /// <summary>Asks for tuples. True when some were emitted.</summary>
    public bool Poll(long now)
    {
        Volatile.Write(ref _isWoken, 0);
        var before = Counters.Emitted;
        Emitter.BeginInput();
        if (!Spout.IsExhausted) NextTuple();
        if (Counters.Emitted != before)
        {
            _backoff = 0;
            NextPoll = now;
            IsDone = false;
            return true;
        }

        _backoff = Math.Clamp(2 * _backoff, FirstBackoff, LongestBackoff);
        NextPoll = now + _backoff;
        CheckDone();
        return false;
    }

    /// <summary>Has the newest position written, where the task keeps one. Never waits.</summary>
    public void KeepPosition()
    {
        if (!Position.IsKept || HasEnded) return;
        try
        {
            (Spout as ReliableSpout)?.CommitPosition();
        }
        catch (Exception exception)
        {
            Position.Report(exception);
        }

        Position.Write();
    }

    /// <summary>After an error it is left alone for a moment, so that one that always throws takes no time from others.</summary>
    public void BackOff(long now)
    {
        _backoff = LongestBackoff;
        NextPoll = now + LongestBackoff;
    }

    /// <summary>Whether it is time to ask again.</summary>
    public bool IsDue(long now) => now >= NextPoll || now >= NextRetry || Volatile.Read(ref _isWoken) != 0;

    /// <summary>Ends the back-off. Legal from any thread.</summary>
    public void Wake()
    {
        Interlocked.Exchange(ref _isWoken, 1);
        Executor.Wake();
    }

    /// <summary>A tree has ended: there may be room, a retry, or an end.</summary>
    protected void TreeEnded()
    {
        if (_backoff == 0) return;
        NextPoll = 0;
    }

    private void CheckDone()
    {
        var done = Spout.IsExhausted && Pending == 0;
        if (done && !IsDone) Executor.Worker.Watchdog.Signal();
        IsDone = done;
    }
}
