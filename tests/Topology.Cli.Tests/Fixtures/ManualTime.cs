namespace Topology.Cli.Tests;

/// <summary>A clock that moves when told to; timers that come due are called before <see cref="Advance"/> returns.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];
    private TaskCompletionSource _created = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + _now;

    public override long GetTimestamp() => _now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state)) { Due = Due(dueTime) };
        lock (_timers)
        {
            _timers.Add(timer);
            _created.SetResult();
            _created = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return timer;
    }

    /// <summary>Advances once, and waits until whoever was woken by that waits for the next time.</summary>
    public Task TickAsync(TimeSpan time)
    {
        Task created;
        lock (_timers) created = _created.Task;
        Advance(time);
        return created;
    }

    public void Advance(TimeSpan time)
    {
        var end = _now + time;
        while (Next(end) is { } timer)
        {
            _now = timer.Due!.Value;
            timer.Due = null;
            timer.Callback();
        }

        _now = end;
    }

    private ManualTimer? Next(TimeSpan end)
    {
        lock (_timers) return _timers.Where(t => t.Due <= end).MinBy(t => t.Due);
    }

    private TimeSpan? Due(TimeSpan dueTime) => dueTime == Timeout.InfiniteTimeSpan ? null : _now + dueTime;

    private sealed class ManualTimer(ManualTime time, Action callback) : ITimer
    {
        public TimeSpan? Due { get; set; }

        public Action Callback => callback;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = time.Due(dueTime);
            return true;
        }

        public void Dispose()
        {
            lock (time._timers) time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
