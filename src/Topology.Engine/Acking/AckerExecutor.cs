using System.Runtime.CompilerServices;
using Topology.Messaging;

namespace Topology.Engine;

/// <summary>
/// Keeps the XOR of the open edges of each tree of the spout tasks that it serves, and tells the spout when it is 0, when a bolt failed the tree, or when its time
/// is up. Not a bolt: its messages have 16 bytes and no values.
/// </summary>
internal sealed class AckerExecutor : Executor, IAcker
{
    /// <summary>So many slots are swept in one turn: 64 KiB of table, some 10 µs.</summary>
    private const int SweepSlots = 4096;

    /// <summary>After so many batches of one lane, some 4,096 messages or 30 µs, it looks at the clock.</summary>
    private const int BatchesPerLook = 16;

    /// <summary>
    /// Five timeouts, in steps. Entries' stamps have 8 bits, and what is older than 255 steps would look young again: so a leap of time counts as no more steps than this,
    /// and where more have begun since every slot was looked at, all are looked at in one turn. An entry is then 20 + 100 + 100 steps old at the most.
    /// </summary>
    private const long LongestUnswept = 5 * AckerTable.StepsPerTimeout;

    private readonly RecyclingRing<AckBatch>?[] _lanes;
    private readonly ReadyBits _readyLanes;
    private readonly ServedTask?[] _byTask;
    private readonly List<ServedTask> _served = [];
    private readonly List<CompletionOutbox> _outboxes = [];
    private readonly List<ulong> _overdue = [];
    private readonly long _step;
    private long _stepSeen;
    private byte _stamp;
    private long _nextSweep;
    private int _sweeping = -1;

    // The steps at which the sweep began that is under way, and the last one that reached the end.
    private long _sweepBegan;
    private long _sweptAt;

    public AckerExecutor(Worker worker, int index) : base(worker, index, "__acker")
    {
        var senders = worker.AckSenders;
        _lanes = new RecyclingRing<AckBatch>?[senders];
        _readyLanes = new ReadyBits(senders);
        var timeout = EngineClock.ToNanoseconds(worker.Plan.Options.MessageTimeout);
        _step = timeout == long.MaxValue ? long.MaxValue : Math.Max(1, timeout / AckerTable.StepsPerTimeout);
        _byTask = new ServedTask?[worker.Plan.TaskCount + 1];
        NextDeadline = _nextSweep = _step;
    }

    /// <summary>How many messages came for trees that were closed.</summary>
    public long Late => _served.Sum(s => s.Table.Late);

    public override long QueueDepth => _lanes.Sum(lane => lane?.Count ?? 0) * AckBatch.Capacity;

    /// <summary>The lane of an executor or a loop; made at the first call, before the start.</summary>
    public RecyclingRing<AckBatch> LaneOf(int sender) => _lanes[sender] ??= new RecyclingRing<AckBatch>(256);

    /// <summary>Serves a spout task. Before the start.</summary>
    public void Serve(int task, int maxPending, ulong firstSequence, SpoutExecutor spout)
    {
        var outbox = _outboxes.Find(o => ReferenceEquals(o.Spout, spout));
        if (outbox is null)
        {
            outbox = new CompletionOutbox(spout, this);
            _outboxes.Add(outbox);
        }

        var served = new ServedTask(task, new AckerTable(maxPending, firstSequence), outbox);
        _byTask[task] = served;
        _served.Add(served);
    }

    /// <summary>Whether a tree has begun and not ended. On the executor's thread; for test kits.</summary>
    public bool IsOpen(ulong root) => ServedBy(root).Table.IsOpen(root & RootId.SequenceMask);

    /// <summary>Whether messages from another worker are for trees of spout tasks that it serves, and of a kind that bolts send. Legal from any thread.</summary>
    public bool MayTake(AckBatch batch)
    {
        if (batch.Kind is not (AckBatchKind.Ack or AckBatchKind.Fail or AckBatchKind.Reset)) return false;
        foreach (ref readonly var message in batch.Messages.AsSpan(0, batch.Count))
            if (RootId.Task(message.Root) >= _byTask.Length || _byTask[RootId.Task(message.Root)] is null) return false;
        return true;
    }

    // It may begin at once.
    public void NotePut(int sender) => Ready(sender);

    /// <summary>A lane has messages. Legal from any thread.</summary>
    public void Ready(int sender)
    {
        _readyLanes.Set(sender);
        Wake();
    }

    protected override TurnResult RunTurn()
    {
        CountSteps();
        var result = TurnResult.Idle;
        for (var word = 0; word < _readyLanes.Words; word++)
        {
            var bits = _readyLanes.TakeWord(word);
            while (bits != 0)
            {
                var sender = ReadyBits.TakeLowest(ref bits, word);
                if (Drain(_lanes[sender]!)) continue;
                _readyLanes.Set(sender);
                result |= TurnResult.More;
            }
        }

        if (_stepSeen - _sweptAt > LongestUnswept) SweepAll();
        else if (Now >= _nextSweep || _sweeping >= 0) result |= Sweep();
        NextDeadline = _nextSweep;
        foreach (var outbox in _outboxes)
        {
            if (!outbox.IsEmpty && outbox.TryFlush()) result |= TurnResult.Progress;
        }

        return result;
    }

    private void CountSteps()
    {
        var step = Now / _step;
        _stamp += (byte)Math.Min(step - _stepSeen, LongestUnswept);
        _stepSeen = step;
    }

    /// <summary>Works off batches of one lane for a turn's time. False when there may be more.</summary>
    private bool Drain(RecyclingRing<AckBatch> lane)
    {
        for (var taken = 1; taken % BatchesPerLook != 0 || Worker.Clock.Nanoseconds < Now + TurnNanoseconds; taken++)
        {
            if (lane.TryTake() is not { } batch) return true;
            Run(batch);
            lane.Recycle(batch);
        }

        return false;
    }

    private void Run(AckBatch batch)
    {
        var messages = batch.Messages.AsSpan(0, batch.Count);
        switch (batch.Kind)
        {
            case AckBatchKind.Init:
                Init(messages);
                break;
            case AckBatchKind.InitRun:
                InitRuns(messages);
                break;
            case AckBatchKind.Ack:
                Ack(messages);
                break;
            default:
                foreach (ref readonly var message in messages) RunRare(batch.Kind, message);
                break;
        }
    }

    private void Init(ReadOnlySpan<AckMessage> messages)
    {
        var stamp = _stamp;
        var served = _served[0];
        foreach (ref readonly var message in messages)
        {
            if (RootId.Task(message.Root) != served.Task) served = ServedBy(message.Root);
            Init(served, message.Root, message.Value, stamp);
        }
    }

    private void InitRuns(ReadOnlySpan<AckMessage> runs)
    {
        var stamp = _stamp;
        foreach (ref readonly var run in runs)
        {
            var served = ServedBy(run.Root);
            var end = run.Root + run.Value;
            for (var root = run.Root; root != end; root++) Init(served, root, EdgeIds.FirstOf(root), stamp);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Init(ServedTask served, ulong root, ulong value, byte stamp)
    {
        if (served.Table.Init(root & RootId.SequenceMask, value, stamp, out var failed, out var code)) served.Spout.AddAcked(root);
        else if (failed) served.Spout.AddFailed(root, code);
    }

    private void Ack(ReadOnlySpan<AckMessage> messages)
    {
        var served = _served[0];
        foreach (ref readonly var message in messages)
        {
            if (RootId.Task(message.Root) != served.Task) served = ServedBy(message.Root);
            if (served.Table.Ack(message.Root & RootId.SequenceMask, message.Value)) served.Spout.AddAcked(message.Root);
        }
    }

    private void RunRare(AckBatchKind kind, AckMessage message)
    {
        var served = ServedBy(message.Root);
        var sequence = message.Root & RootId.SequenceMask;
        switch (kind)
        {
            case AckBatchKind.Fail:
                if (served.Table.Fail(sequence, message.Value)) served.Spout.AddFailed(message.Root, message.Value);
                break;
            case AckBatchKind.Reset:
                served.Table.Reset(sequence, _stamp);
                break;
            default:
                served.Table.Clear(sequence);
                break;
        }
    }

    private ServedTask ServedBy(ulong root) => _byTask[RootId.Task(root)]!;

    /// <summary>Ends the sweep that is under way, and does a whole one: after so long a gap what is open was, as a rule, due long ago.</summary>
    private void SweepAll()
    {
        while (_sweeping >= 0) Sweep();
        do Sweep();
        while (_sweeping >= 0);
    }

    /// <summary>Goes on through the tables, one piece a turn; the next sweep starts a step after this one started.</summary>
    private TurnResult Sweep()
    {
        if (_sweeping < 0)
        {
            _sweeping = 0;
            _sweepBegan = _stepSeen;
            _nextSweep = (_stepSeen * _step) + _step;
        }

        if (_sweeping >= _served.Count)
        {
            _sweeping = -1;
            _sweptAt = _sweepBegan;
            return TurnResult.Idle;
        }

        var served = _served[_sweeping];
        _overdue.Clear();
        if (served.Table.Sweep(_stamp, SweepSlots, _overdue)) _sweeping++;
        foreach (var sequence in _overdue) served.Spout.AddFailed(RootId.Of(served.Task, sequence), FailCode.Of(FailKind.Timeout, 0, 0));
        return _overdue.Count > 0 ? TurnResult.Progress | TurnResult.More : TurnResult.More;
    }
}
