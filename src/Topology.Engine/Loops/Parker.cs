namespace Topology.Engine;

/// <summary>
/// Lets one thread sleep until another has something for it. The sleeper says that it parks, with a full fence, and looks once more before it does; the other
/// publishes, with a full fence, and then looks whether it parks. So no wake-up is lost.
/// </summary>
internal sealed class Parker
{
    private readonly object _gate = new();
    private int _parked;
    private bool _woken;

    public bool IsParked => Volatile.Read(ref _parked) != 0;

    /// <summary>Sleeps until woken or so many milliseconds have passed, unless there is work after all.</summary>
    public void Park(int milliseconds, Func<bool> hasWork)
    {
        Interlocked.Exchange(ref _parked, 1);
        if (!hasWork())
        {
            lock (_gate)
            {
                if (!_woken) Monitor.Wait(_gate, milliseconds);
            }
        }

        Interlocked.Exchange(ref _parked, 0);
        lock (_gate) _woken = false;
    }

    /// <summary>Ends the sleep of a thread that parks. The caller's publishing had a full fence.</summary>
    public void Unpark()
    {
        if (Volatile.Read(ref _parked) == 0 || Interlocked.Exchange(ref _parked, 0) == 0) return;
        lock (_gate)
        {
            _woken = true;
            Monitor.Pulse(_gate);
        }
    }
}
