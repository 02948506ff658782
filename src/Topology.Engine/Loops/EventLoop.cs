using Topology.Messaging;

namespace Topology.Engine;

/// <summary>
/// Gives turns to its executors, on one thread at a time. Lanes with rows and executors with something to do are found by ready bits, never by scanning;
/// a loop with nothing to do parks.
/// </summary>
/// <remarks>
/// The loop outlives its thread. Its ownership word holds (turn, inside a turn); a thread swaps it at the end of each turn, and the watchdog may swap it
/// while a turn lasts: then the loop has another thread, and the old one, when its turn ends at last, sees that it only has the executor that it was in.
/// </remarks>
internal sealed class EventLoop
{
    private readonly Worker _worker;
    private readonly ReadyBits _readyLanes;
    private readonly ReadyBits _readyExecutors;
    private readonly Lane?[] _lanes;
    private BatchPool? _batches;

    // Written by the loop's thread.
    private readonly ulong[] _runnable;
    private readonly List<Executor> _executors = [];
    private long _now;
    private long _nextDeadline = long.MaxValue;

    // Written by the loop's thread and the watchdog.
    private long _turn;
    private Executor? _current;

    /// <param name="worker">The worker it belongs to.</param>
    /// <param name="index">Its number; -1 for a loop made for one executor that blocked.</param>
    public EventLoop(Worker worker, int index)
    {
        _worker = worker;
        Index = index;
        _readyLanes = new ReadyBits(worker.ExecutorCapacity);
        _readyExecutors = new ReadyBits(worker.ExecutorCapacity);
        _runnable = new ulong[_readyExecutors.Words];
        _lanes = new Lane?[worker.ExecutorCapacity];
    }

    public int Index { get; }

    public Parker Parker { get; } = new();

    /// <summary>The thread that runs the loop. Written by the watchdog, or before the start.</summary>
    public LoopThread? Thread { get; set; }

    public IReadOnlyList<Executor> Executors => _executors;

    /// <summary>The turn that runs now, odd while inside one: what the watchdog compares.</summary>
    public long TurnNumber => Volatile.Read(ref _turn);

    /// <summary>The executor whose turn it is.</summary>
    public Executor? Current => Volatile.Read(ref _current);

    public bool HasWork => !_readyLanes.IsEmpty || !_readyExecutors.IsEmpty;

    /// <summary>When an executor wants a turn next; <see cref="long.MaxValue"/> for never.</summary>
    public long NextDeadline => _nextDeadline;

    /// <summary>The clock as read last.</summary>
    public long Now => _now;

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
        _lanes[sender] ??= new Lane(sender, _batches ??= new BatchPool(_executors.Count, 32 + (8 * _worker.ExecutorCapacity)));

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
        Collect();
        return RunRunnable();
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

    /// <summary>Watchdog: takes the loop away from a thread that stays inside one turn. The caller gives it another thread.</summary>
    public bool TryClaim(long turn) => (turn & 1) == 1 && Interlocked.CompareExchange(ref _turn, turn + 1, turn) == turn;

    private void Collect()
    {
        _now = _worker.Clock.Nanoseconds;
        if (_now >= _nextDeadline) CollectDue();
        DrainLanes();
        CollectReady();
    }

    private void DrainLanes()
    {
        for (var word = 0; word < _readyLanes.Words; word++)
        {
            var bits = _readyLanes.TakeWord(word);
            while (bits != 0) Drain(_lanes[ReadyBits.TakeLowest(ref bits, word)]!);
        }
    }

    private void Drain(Lane lane)
    {
        var left = Lane.Capacity;
        while (left > 0 && lane.TryTake() is { } batch)
        {
            Dispatch(lane, batch);
            left--;
        }

        if (left == 0) _readyLanes.Set(lane.Sender);
        if (lane.TakeSenderWaits()) _worker.Executors[lane.Sender].Wake();
    }

    private void Dispatch(Lane lane, TupleBatch batch)
    {
        // The last receiver may release the batch at once, so what is needed of it is read first.
        var count = batch.UsedTargetCount;
        for (var i = 0; i < count; i++)
        {
            var place = batch.UsedTargets[i];
            var rows = batch.Targets[place];
            var executor = _executors[place];
            executor.Receive(new Slice(batch, rows.First, rows.Count, lane.Sender));
            if (ReferenceEquals(executor.Host, this)) SetRunnable(executor.Index);
            else executor.Wake();
        }
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
        var turn = _turn + 1;
        Volatile.Write(ref _current, executor);
        Volatile.Write(ref _turn, turn);
        var start = _now;
        var result = executor.Turn(start);
        var end = _worker.Clock.Nanoseconds;
        executor.Times.Add(start, end, result);
        executor.IsOverdue = false;
        var deadline = executor.NextDeadline;
        if (Interlocked.CompareExchange(ref _turn, turn + 1, turn) != turn)
        {
            if ((result & TurnResult.More) != 0) executor.Wake();
            return LoopProgress.Lost;
        }

        _now = end;
        if (deadline < _nextDeadline) _nextDeadline = deadline;
        if ((result & TurnResult.More) != 0) SetRunnable(executor.Index);
        return (result & (TurnResult.Progress | TurnResult.More)) != 0 ? LoopProgress.Some : LoopProgress.None;
    }
}
