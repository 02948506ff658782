using Topology.Messaging;

namespace Topology.Engine;

/// <summary>
/// Runs the tasks of one component, or an acker, cooperatively: its loop calls <see cref="Turn"/>, which does a bounded piece of work and never waits.
/// One thread at a time runs it, though not always the same.
/// </summary>
internal abstract class Executor
{
    /// <summary>A turn ends with the row during which this long has passed.</summary>
    public const long TurnNanoseconds = 1_000_000;

    private EventLoop _host = null!;
    private bool _isLeaving;
    private bool _hasLeft;

    protected Executor(Worker worker, int index, string component)
    {
        Worker = worker;
        Index = index;
        Component = component;
        Waiters = new ReadyBits(worker.ExecutorCapacity);
    }

    public Worker Worker { get; }

    /// <summary>The executor's number in its worker.</summary>
    public int Index { get; }

    public string Component { get; }

    public Mailbox Mailbox { get; } = new();

    /// <summary>The loop that it belongs to.</summary>
    public EventLoop Home { get; private set; } = null!;

    /// <summary>The loop whose thread runs it now: its home, unless it blocked there.</summary>
    public EventLoop Host
    {
        get => Volatile.Read(ref _host);
        set => Volatile.Write(ref _host, value);
    }

    /// <summary>Its place among its home's executors.</summary>
    public int Place { get; private set; }

    /// <summary>When it wants a turn although nobody wakes it. Written during its turns.</summary>
    public long NextDeadline { get; protected set; } = long.MaxValue;

    /// <summary>The clock as read at the start of the turn.</summary>
    public long Now { get; protected set; }

    /// <summary>Set by the watchdog: the turn has lasted long enough.</summary>
    public bool IsOverdue;

    /// <summary>Where its time went. Written by its loop at the end of each turn.</summary>
    public TimeAccount Times { get; } = new();

    /// <summary>The senders that wait for this executor to give credit back, and the ackers that wait for it to take the ends of trees.</summary>
    public ReadyBits Waiters { get; }

    /// <summary>Whether tests have this executor's lanes copied as though it lagged.</summary>
    public virtual bool IsIsolated => !ReferenceEquals(Host, Home);

    /// <summary>Whether it has emitted its last, and all of it has left. Read by other threads as well.</summary>
    public bool HasLeft => Volatile.Read(ref _hasLeft);

    /// <summary>How many rows wait in front of it, some of those in hand included; an estimate.</summary>
    public virtual long QueueDepth => 0;

    /// <summary>It has emitted its last: when that has left, <see cref="HasLeft"/> says so. On the executor's thread.</summary>
    public void Leave() => _isLeaving = true;

    /// <summary>All that it has emitted has left. Called in its turns.</summary>
    protected void NoteFlushed()
    {
        if (_isLeaving && !_hasLeft) EndLeaving();
    }

    private void EndLeaving()
    {
        Volatile.Write(ref _hasLeft, true);
        Worker.Watchdog.Signal();
    }

    /// <summary>Settles one that runs in another worker.</summary>
    protected void SettleElsewhere() => Place = Index;

    public void Settle(EventLoop home, int place)
    {
        Home = home;
        Place = place;
        Host = home;
    }

    /// <summary>Gives the executor a turn soon. Legal from any thread; what was published before is seen in that turn.</summary>
    public void Wake() => Host.ExecutorReady(Index);

    /// <summary>Does a bounded piece of work. Never waits, except inside user code.</summary>
    public TurnResult Turn(long now)
    {
        Now = now;
        var result = RunMailbox() ? TurnResult.Progress : TurnResult.Idle;
        return result | RunTurn();
    }

    /// <summary>Rows from a lane of the executor's loop. Called by the loop's thread, which may not be the executor's.</summary>
    public virtual void Receive(Slice slice) => throw new NotSupportedException($"{Component} takes no rows.");

    protected abstract TurnResult RunTurn();

    /// <summary>Wakes those who wait for room. Called after the credit was published, or room made.</summary>
    public void WakeWaiters()
    {
        Interlocked.MemoryBarrier();
        for (var word = 0; word < Waiters.Words; word++)
        {
            var bits = Waiters.TakeWord(word);
            while (bits != 0) Worker.Executors[ReadyBits.TakeLowest(ref bits, word)].Wake();
        }
    }

    private bool RunMailbox()
    {
        if (Mailbox.IsEmpty) return false;
        var any = false;
        // As many as are there now: an action that posts another does not keep the executor from its rows.
        for (var left = 256; left > 0 && Mailbox.TryTake(out var action); left--)
        {
            any = true;
            action();
        }

        if (!Mailbox.IsEmpty) Wake();
        return any;
    }
}
