namespace Topology.Testing;

/// <summary>A timer of a <see cref="ManualTime"/>. Its fields are written under that one's lock.</summary>
internal sealed class ManualTimer(ManualTime time, Action callback) : ITimer
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private long _order;
    private long _period;
    private bool _isDisposed;

    /// <summary>When it fires next, as a timestamp.</summary>
    public long Due { get; private set; }

    public static int Compare(ManualTimer left, ManualTimer right) =>
        left.Due != right.Due ? left.Due.CompareTo(right.Due) : left._order.CompareTo(right._order);

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        if (Volatile.Read(ref _isDisposed)) return false;
        time.Set(this, dueTime, period);
        return true;
    }

    public void Arm(long due, TimeSpan period, long order)
    {
        Due = due;
        _order = order;
        _period = period <= TimeSpan.Zero ? 0 : period.Ticks * TimeSpan.NanosecondsPerTick;
    }

    public bool TryArmNext(long order)
    {
        if (_period == 0) return false;
        Due += _period;
        _order = order;
        return true;
    }

    public void Fire() => callback();

    public void Dispose()
    {
        Volatile.Write(ref _isDisposed, true);
        time.Remove(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static void Check(TimeSpan span, string name)
    {
        if (span == Timeout.InfiniteTimeSpan) return;
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(span, Longest, name);
    }
}
