namespace Topology.Engine;

/// <summary>Sleeps in a monitor, which every system has; to the millisecond.</summary>
internal sealed class MonitorParker : Parker
{
    private readonly object _gate = new();
    private int _parked;
    private bool _woken;

    public override bool IsParked => Volatile.Read(ref _parked) != 0;

    public override void Unpark()
    {
        if (Volatile.Read(ref _parked) == 0 || Interlocked.Exchange(ref _parked, 0) == 0) return;
        lock (_gate)
        {
            _woken = true;
            Monitor.Pulse(_gate);
        }
    }

    protected override void Announce() => Interlocked.Exchange(ref _parked, 1);

    // Rounded up: a deadline met too early would only be waited for again.
    protected override void Sleep(long nanoseconds)
    {
        lock (_gate)
        {
            if (!_woken) Monitor.Wait(_gate, (int)Math.Min(int.MaxValue, (nanoseconds + 999_999) / 1_000_000));
        }
    }

    protected override void Withdraw()
    {
        Interlocked.Exchange(ref _parked, 0);
        lock (_gate) _woken = false;
    }
}
