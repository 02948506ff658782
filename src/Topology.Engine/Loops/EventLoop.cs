using Topology.Messaging;

namespace Topology.Engine;

/// <summary>
/// Gives turns to its executors, on one thread at a time. Lanes with rows and executors with something to do are found by ready bits, never by scanning;
/// a loop with nothing to do parks.
/// </summary>
/// <remarks>
/// The loop outlives its thread: see <see cref="LoopTenure"/>. When the watchdog takes it from a thread that blocks inside an executor, the loop goes on with another
/// thread, and the old one, when the executor comes back at last, sees that it only has that executor. So what the next thread needs is in fields before a call into an
/// executor begins.
/// </remarks>
internal sealed class EventLoop
{
    private readonly Worker _worker;
    private readonly ReadyBits _readyLanes;
    private readonly ReadyBits _readyExecutors;
    private readonly Lane?[] _lanes;
    private BatchPool? _batches;

    // Written by the loop's thread.
    private readonly ulong[] _lanesWithRows;
    private readonly ulong[] _runnable;
    private readonly List<Executor> _executors = [];
    private readonly ScatteredRows _scattered;
    private long _now;
    private long _nextDeadline = long.MaxValue;

    /// <param name="worker">The worker it belongs to.</param>
    /// <param name="index">Its number; -1 for a loop made for one executor that blocked.</param>
    public EventLoop(Worker worker, int index)
    {
        _worker = worker;
        Index = index;
        _readyLanes = new ReadyBits(worker.ExecutorCapacity);
        _readyExecutors = new ReadyBits(worker.ExecutorCapacity);
        _lanesWithRows = new ulong[_readyLanes.Words];
        _runnable = new ulong[_readyExecutors.Words];
        _scattered = new ScatteredRows(this, worker);
        _lanes = new Lane?[worker.ExecutorCapacity];
    }

    public int Index { get; }

    public Parker Parker { get; } = Parker.Create();

    /// <summary>The thread that runs the loop. Written by the watchdog, or before the start.</summary>
    public LoopThread? Thread { get; set; }

    public IReadOnlyList<Executor> Executors => _executors;

    /// <summary>The time of the thread that runs the loop. Written by the watchdog, while no thread does.</summary>
    public LoopTenure Tenure { get; set; } = new();

    public bool HasWork => !_readyLanes.IsEmpty || !_readyExecutors.IsEmpty;

    /// <summary>When an executor wants a turn next; <see cref="long.MaxValue"/> for never.</summary>
    public long NextDeadline => _nextDeadline;

    /// <summary>The clock as read last.</summary>
    public long Now => _now;

    /// <summary>See <see cref="ScatteredRows.AckersLag"/>.</summary>
    public bool AckersLag => _scattered.AckersLag;

    /// <summary>Reads the clock anew. Called by the loop's thread.</summary>
    public long ReadClock() => _now = _worker.Clock.Nanoseconds;

    /// <summary>Connects the loop to the ackers, before it starts.</summary>
    public void Connect(IReadOnlyList<IAcker> ackers) => _scattered.Connect(ackers);

    /// <summary>Adds an executor before the loop starts.</summary>
    public void Add(Executor executor)
    {
        executor.Settle(this, _executors.Count);
        _executors.Add(executor);
    }

    /// <summary>Makes this a loop for one executor that blocked its own.</summary>
    public void Adopt(Executor executor) => _executors.Add(executor);

    /// <summary>The lane by which an executor sends to this loop; made at the first call, before the loop starts.</summary>
    public Lane LaneFrom(int sender) =>
        _lanes[sender] ??= new Lane(sender, _batches ??= new BatchPool(32 + (8 * _worker.ExecutorCapacity)), _executors.Count);

    /// <summary>A lane has rows. Legal from any thread.</summary>
    public void LaneReady(int sender)
    {
        _readyLanes.Set(sender);
        Parker.Unpark();
    }

    /// <summary>An executor has something to do. Legal from any thread.</summary>
    public void ExecutorReady(int executor)
    {
        _readyExecutors.Set(executor);
        Parker.Unpark();
    }

    /// <summary>Takes in what the lanes hold and gives a turn to each executor that has something to do.</summary>
    public LoopProgress RunOnce()
    {
        var collected = Collect();
        if (collected == LoopProgress.Lost) return LoopProgress.Lost;
        var ran = RunRunnable();
        return ran == LoopProgress.None ? collected : ran;
    }

    /// <summary>For a simulation: takes in what the lanes hold and adds the executors that have something to do, and go on having it until <see cref="Run"/>.</summary>
    public void Collect(List<Executor> runnable)
    {
        Collect();
        for (var word = 0; word < _runnable.Length; word++)
        {
            var bits = _runnable[word];
            while (bits != 0) runnable.Add(_worker.Executors[ReadyBits.TakeLowest(ref bits, word)]);
        }
    }

    /// <summary>For a simulation: gives one executor its turn.</summary>
    public LoopProgress Run(Executor executor)
    {
        _runnable[executor.Index >> 6] &= ~(1UL << executor.Index);
        _now = _worker.Clock.Nanoseconds;
        return RunTurn(executor);
    }

    /// <summary>Called by the loop's thread: the executor gets a turn in this round, if this is its host.</summary>
    public void HasRows(Executor executor)
    {
        if (ReferenceEquals(executor.Host, this)) SetRunnable(executor.Index);
        else executor.Wake();
    }

    private LoopProgress Collect()
    {
        _now = _worker.Clock.Nanoseconds;
        if (_now >= _nextDeadline) CollectDue();
        var progress = DrainLanes();
        if (progress == LoopProgress.Lost) return progress;
        if (!_scattered.TryFlush()) progress = LoopProgress.Some;
        CollectReady();
        return progress;
    }

    /// <summary>Takes batches for a turn's time. A lane's bit leaves the set when the lane is empty, so that another thread of the loop finds the rest.</summary>
    private LoopProgress DrainLanes()
    {
        var end = _now + Executor.TurnNanoseconds;
        return _scattered.TryEnd(end) ? TakeBatches(end) : LoopProgress.Lost;
    }

    private LoopProgress TakeBatches(long end)
    {
        var result = LoopProgress.None;
        for (var word = 0; word < _lanesWithRows.Length; word++)
        {
            var bits = _lanesWithRows[word] |= _readyLanes.TakeWord(word);
            while (bits != 0)
            {
                var bit = bits & (0 - bits);
                var progress = Drain(_lanes[ReadyBits.TakeLowest(ref bits, word)]!, end);
                if (progress == LoopProgress.None) _lanesWithRows[word] &= ~bit;
                else result = progress;
                if (progress == LoopProgress.Lost) return progress;
                if (_now >= end) return LoopProgress.Some;
            }
        }

        return result;
    }

    /// <summary>Some when there may be more in the lane.</summary>
    private LoopProgress Drain(Lane lane, long end)
    {
        var left = Lane.Capacity;
        while (left > 0 && _now < end && lane.TryTake() is { } batch)
        {
            if (batch.RunCount == 1) Dispatch(lane, batch);
            else if (!_scattered.TryRun(lane, batch, end)) return LoopProgress.Lost;
            left--;
        }

        if (lane.TakeSenderWaits()) _worker.Executors[lane.Sender].Wake();
        return left > 0 && _now < end ? LoopProgress.None : LoopProgress.Some;
    }

    private void Dispatch(Lane lane, TupleBatch batch)
    {
        var executor = _executors[batch.PlaceOf(0)];
        _scattered.Wait(executor.Place);
        executor.Receive(new Slice(batch, 0, batch.Count, lane));
        HasRows(executor);
    }

    private void CollectReady()
    {
        for (var word = 0; word < _runnable.Length; word++) _runnable[word] |= _readyExecutors.TakeWord(word);
    }

    private void CollectDue()
    {
        var next = long.MaxValue;
        foreach (var executor in _executors)
        {
            if (!ReferenceEquals(executor.Host, this)) continue;
            if (executor.NextDeadline <= _now) SetRunnable(executor.Index);
            else next = Math.Min(next, executor.NextDeadline);
        }

        _nextDeadline = next;
    }

    private void SetRunnable(int executor) => _runnable[executor >> 6] |= 1UL << executor;

    private LoopProgress RunRunnable()
    {
        var progress = LoopProgress.None;
        for (var word = 0; word < _runnable.Length; word++)
        {
            // One bit at a time leaves the set, just before its turn: should that turn block, the loop's next thread finds the others here.
            var bits = _runnable[word];
            while (bits != 0)
            {
                _runnable[word] &= ~(bits & (0 - bits));
                var executor = _worker.Executors[ReadyBits.TakeLowest(ref bits, word)];
                if (!ReferenceEquals(executor.Host, this)) continue;
                var result = RunTurn(executor);
                if (result == LoopProgress.Lost) return LoopProgress.Lost;
                if (result == LoopProgress.Some) progress = LoopProgress.Some;
            }
        }

        return progress;
    }

    private LoopProgress RunTurn(Executor executor)
    {
        _scattered.BeginTurn(executor);
        var tenure = Tenure;
        tenure.Begin(executor.Index);
        var start = _now;
        var result = executor.Turn(start);
        var end = _worker.Clock.Nanoseconds;
        executor.Times.Add(start, end, result);
        executor.IsOverdue = false;
        var deadline = executor.NextDeadline;
        if (!tenure.TryEnd())
        {
            if ((result & TurnResult.More) != 0) executor.Wake();
            return LoopProgress.Lost;
        }

        _scattered.EndTurn(executor);
        _now = end;
        if (deadline < _nextDeadline) _nextDeadline = deadline;
        if ((result & TurnResult.More) != 0) SetRunnable(executor.Index);
        return (result & (TurnResult.Progress | TurnResult.More)) != 0 ? LoopProgress.Some : LoopProgress.None;
    }
}
