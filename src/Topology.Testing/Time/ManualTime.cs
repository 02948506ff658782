namespace Topology.Testing;

/// <summary>
/// A clock that stands still until it is told to go on: give it to a cluster, and timeouts, ticks and delays are tested without waiting. Timers made from it, as by
/// <c>Task.Delay(delay, context.Time)</c>, fire when it reaches them. Thread-safe.
/// </summary>
public sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly DateTimeOffset _start;
    private readonly SortedSet<ManualTimer> _timers = new(Comparer<ManualTimer>.Create(ManualTimer.Compare));
    private long _nanoseconds;
    private long _target;

    // From 1, so that a timer that was never set equals none that was.
    private long _timersMade = 1;

    /// <param name="start">What it shows at first; null for the start of the year 2000, UTC.</param>
    public ManualTime(DateTimeOffset? start = null) => _start = start ?? new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>10^9: a timestamp counts nanoseconds.</summary>
    public override long TimestampFrequency => 1_000_000_000;

    /// <summary>How far the clock has gone since it was made.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(Volatile.Read(ref _nanoseconds) / TimeSpan.NanosecondsPerTick);

    /// <summary>When the next timer fires, as a timestamp; <see cref="long.MaxValue"/> for none.</summary>
    internal long NextTimer
    {
        get
        {
            lock (_lock) return _timers.Min?.Due ?? long.MaxValue;
        }
    }

    /// <summary>
    /// Lets time go on by so much, from timer to timer: each fires on the calling thread when the clock shows its time, those of one time in the order in
    /// which they were set.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The span is negative: time does not go back.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        long target;
        lock (_lock) target = _target += by.Ticks * TimeSpan.NanosecondsPerTick;
        while (TakeDue(target) is { } timer) timer.Fire();
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _nanoseconds);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <summary>A timer that fires when <see cref="Advance"/> reaches it, on the thread that called that.</summary>
    /// <param name="callback">What it calls.</param>
    /// <param name="state">What it is called with.</param>
    /// <param name="dueTime">How long until then; zero for the next call of <see cref="Advance"/>, whatever its span.</param>
    /// <param name="period">How often it fires from then on; zero or infinite for once.</param>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    internal void Set(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan) return;
            timer.Arm(_nanoseconds + (dueTime.Ticks * TimeSpan.NanosecondsPerTick), period, _timersMade++);
            _timers.Add(timer);
        }
    }

    internal void Remove(ManualTimer timer)
    {
        lock (_lock) _timers.Remove(timer);
    }

    /// <summary>Goes on to the next timer due by then, or to the end where there is none.</summary>
    private ManualTimer? TakeDue(long target)
    {
        lock (_lock)
        {
            var timer = _timers.Min is { } next && next.Due <= target ? next : null;
            Volatile.Write(ref _nanoseconds, Math.Max(_nanoseconds, timer?.Due ?? target));
            if (timer is null) return null;
            _timers.Remove(timer);
            if (timer.TryArmNext(_timersMade++)) _timers.Add(timer);
            return timer;
        }
    }
}
