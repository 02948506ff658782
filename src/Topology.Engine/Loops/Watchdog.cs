using System.Diagnostics;

namespace Topology.Engine;

/// <summary>
/// Looks at the loops every few milliseconds. A turn that lasts is told to end after its row. A loop whose thread stays inside one executor and waits there, rather
/// than runs, gets another thread; the blocked executor keeps the old one.
/// </summary>
internal sealed class Watchdog
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestTick = TimeSpan.FromMilliseconds(100);

    private readonly Worker _worker;
    private readonly TimeSpan _blockedAfter;
    private readonly Watch[] _watches;
    private readonly Thread _thread;
    private readonly object _gate = new();
    private bool _isSignalled;
    private TimeSpan _tick = Tick;

    public Watchdog(Worker worker)
    {
        _worker = worker;
        _blockedAfter = worker.Plan.Options.BlockedAfter == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : worker.Plan.Options.BlockedAfter;
        _watches = worker.Loops.Select(loop => new Watch(loop)).ToArray();
        _thread = new Thread(Run) { IsBackground = true, Name = $"{worker.Plan.Name} watchdog" };
    }

    /// <summary>How often a loop was given another thread.</summary>
    public long HandOffs { get; private set; }

    public void Start() => _thread.Start();

    /// <summary>Has the watchdog look now. Legal from any thread.</summary>
    public void Signal()
    {
        lock (_gate)
        {
            _isSignalled = true;
            Monitor.Pulse(_gate);
        }
    }

    public void Join() => _thread.Join();

    private void Run()
    {
        while (!_worker.IsStopping)
        {
            Wait();
            foreach (var watch in _watches) Look(watch);
            _worker.Coordinator.Step();
            // While every loop is parked nothing can block; a loop that starts again is looked at within the longest tick.
            _tick = _watches.All(w => w.Loop.Parker.IsParked) && _worker.HandOffEvery is null
                ? TimeSpan.FromTicks(Math.Min(2 * _tick.Ticks, LongestTick.Ticks))
                : _worker.HandOffEvery ?? Tick;
        }
    }

    /// <summary>Waits for a tick or a signal. A monitor, since a semaphore spins before it waits, which two cores have no room for.</summary>
    private void Wait()
    {
        lock (_gate)
        {
            if (_isSignalled || Monitor.Wait(_gate, _tick)) _tick = Tick;
            _isSignalled = false;
        }
    }

    private void Look(Watch watch)
    {
        var tenure = watch.Loop.Tenure;
        var turn = tenure.Call;
        if ((turn & 1) == 0 || ((turn != watch.Turn || tenure != watch.Tenure) && _worker.HandOffEvery is null))
        {
            watch.Turn = turn;
            watch.Tenure = tenure;
            watch.Since = Stopwatch.GetTimestamp();
            return;
        }

        watch.Turn = turn;
        watch.Tenure = tenure;
        if (tenure.Executor >= 0) _worker.Executors[tenure.Executor].IsOverdue = true;
        if (watch.Loop.Executors.Count < 2) return;
        if (_worker.HandOffEvery is not null || IsBlocked(watch)) HandOff(watch, tenure, turn);
    }

    private bool IsBlocked(Watch watch)
    {
        var stuck = Stopwatch.GetElapsedTime(watch.Since);
        if (stuck < _blockedAfter) return false;
        // Where nobody knows whether the thread waits, a longer time has to tell.
        return NativeThread.IsWaiting(watch.Thread?.NativeId ?? 0) ?? stuck > 10 * _blockedAfter;
    }

    private void HandOff(Watch watch, LoopTenure tenure, long turn)
    {
        if (watch.Thread is not { } thread || !_worker.MayAddThread) return;
        var executor = _worker.Executors[tenure.Executor];
        var solo = new EventLoop(_worker, -1);
        solo.Adopt(executor);
        thread.Offer(solo);
        // The blocked executor's new host is in place before the loop can have another thread, so that one never runs it.
        executor.Host = solo;
        if (!tenure.TryClaim(turn))
        {
            executor.Host = watch.Loop;
            executor.Wake();
            return;
        }

        HandOffs++;
        watch.Loop.Tenure = new LoopTenure();
        _worker.StartThread(watch.Loop);
    }

    private sealed class Watch(EventLoop loop)
    {
        public EventLoop Loop { get; } = loop;

        public LoopThread? Thread => Loop.Thread;

        public LoopTenure? Tenure { get; set; }

        public long Turn { get; set; }

        public long Since { get; set; } = Stopwatch.GetTimestamp();
    }
}
