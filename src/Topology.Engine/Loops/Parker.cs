namespace Topology.Engine;

/// <summary>
/// Lets one thread sleep until another has something for it. The sleeper says that it parks, with a full fence, and looks once more before it does; the other
/// publishes, with a full fence, and then looks whether it parks. So no wake-up is lost.
/// </summary>
internal abstract class Parker
{
    /// <summary>Whether the thread sleeps, or is about to. Legal from any thread.</summary>
    public abstract bool IsParked { get; }

    /// <summary>The best that this system has.</summary>
    public static Parker Create() => FutexParker.IsSupported ? new FutexParker() : new MonitorParker();

    /// <summary>Sleeps until woken or so many nanoseconds have passed, unless there is work after all.</summary>
    public void Park(long nanoseconds, Func<bool> hasWork)
    {
        Announce();
        if (!hasWork()) Sleep(nanoseconds);
        Withdraw();
    }

    /// <summary>Sleeps for so long at most, whatever there is to do: what comes from now on ends it.</summary>
    public void Pause(long nanoseconds)
    {
        Announce();
        Sleep(nanoseconds);
        Withdraw();
    }

    /// <summary>Ends the sleep of a thread that parks. The caller's publishing had a full fence. Legal from any thread.</summary>
    public abstract void Unpark();

    /// <summary>Lets others see that the thread parks, with a full fence.</summary>
    protected abstract void Announce();

    /// <summary>Sleeps, unless woken since the announcement. May end early.</summary>
    protected abstract void Sleep(long nanoseconds);

    /// <summary>The thread is awake.</summary>
    protected abstract void Withdraw();
}
