using System.Runtime.CompilerServices;
using Topology.Messaging;

namespace Topology.Engine;

/// <summary>One task of a bolt: the user's instance, the tuple in hand, and what is said about it.</summary>
internal sealed class BoltTask : BoltOutput
{
    private readonly BoltExecutor _executor;
    private readonly Emitter _emitter;
    private readonly Outputs _outputs;

    // The tuple in hand.
    private TupleIds _ids;
    private ulong _emitted;
    private AnswerState _state;
    private HeldTuple _held;
    private int _firstExtra = -1;

    // Its ack, where the loop sends it; see BeginAtOnce.
    private bool _keepsAck;
    private TupleIds _ack;

    public BoltTask(BoltExecutor executor, TaskPlan plan, Emitter emitter, Outputs outputs, TaskCounters counters)
    {
        _executor = executor;
        _emitter = emitter;
        _outputs = outputs;
        Plan = plan;
        Counters = counters;
    }

    public TaskPlan Plan { get; }

    public TaskCounters Counters { get; }

    public HeldTable HeldTuples { get; } = new();

    /// <summary>The user's instance.</summary>
    public IBolt Bolt { get; private set; } = null!;

    /// <summary>Whether the user's instance was cleaned up, which a fresh one has yet to replace.</summary>
    public bool HasEnded { get; set; }

    /// <summary>The same instance where its work is asynchronous, else null.</summary>
    public AsyncBolt? Async { get; private set; }

    /// <summary>The task's keyed state; it outlives a restart of the task.</summary>
    public TaskState State { get; } = new();

    public required TaskServices Services { get; init; }

    public Emitter Emitter => _emitter;

    /// <summary>Sets the user's instance: a first one, or a fresh one after an error.</summary>
    public void Use(IBolt bolt)
    {
        Bolt = bolt;
        HasEnded = false;
        Async = bolt as AsyncBolt;
    }

    public TupleSource SourceOf(TupleBatch batch, int row) => _executor.Worker.Sources[batch.Rows[row].Source];

    /// <summary>Gives a row to the user's code. An exception leaves with the tuple still in hand; see <see cref="Abandon(FailKind, string)"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Execute(TupleBatch batch, int index, TupleSource[] sources)
    {
        ref var row = ref batch.Rows[index];
        _ids = batch.IdsOf(index);
        if (_ids.Edge == 0 && _ids.Root != 0) _ids.Edge = EdgeIds.FirstOf(_ids.Root);
        _emitted = 0;
        _state = AnswerState.Open;
        _firstExtra = row.FirstExtra;
        _emitter.BeginInput();
        Bolt.Execute(new TupleView(batch.Values.AsSpan(row.FirstValue, row.Arity), sources[row.Source], index), this);
        Counters.Executed++;
        if (_emitter.Hooks is not null) TellExecuted(sources[row.Source]);
        if (_state == AnswerState.Open) Forget();
        _state = AnswerState.None;
    }

    /// <summary>The next row is run before its executor's turn: its ack is kept, for the loop to send it together with others'.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BeginAtOnce() => _keepsAck = true;

    /// <summary>The row is done. Returns its root and what to XOR into it; a root of 0 when there is nothing to send.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TupleIds EndAtOnce()
    {
        var ack = _ack;
        _ack.Root = 0;
        _keepsAck = false;
        return ack;
    }

    /// <summary>Gives a tick to the user's code.</summary>
    public void Tick(ReadOnlySpan<Value> values, TupleSource source)
    {
        _ids = default;
        _state = AnswerState.None;
        _emitter.BeginGathered();
        Bolt.Execute(new TupleView(values, source, -1), this);
        TellExecuted(source);
    }

    /// <summary>Tells the hooks that the user's code returned or threw.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void TellExecuted(TupleSource source) => _emitter.Hooks?.Each(hook => hook.Executed(source));

    /// <summary>Lets the user's code emit what it gathered.</summary>
    public void Finish()
    {
        _ids = default;
        _state = AnswerState.None;
        _emitter.BeginGathered();
        Bolt.Finish(this);
    }

    /// <summary>Fails the tuple in hand after an exception, unless it was answered for.</summary>
    public void Abandon(FailKind kind, string detail)
    {
        Counters.Executed++;
        if (_state == AnswerState.Held && HeldTuples.IsHeld(_held)) FailHeld(_held, kind, detail);
        else if (_state == AnswerState.Open) FailCurrent(kind, detail);
        _state = AnswerState.None;
    }

    /// <summary>Sends the tuple in hand to the dead-letter stream after an exception, and acks it; false when it was answered for.</summary>
    public bool TryDeadLetter(int stream, ReadOnlySpan<Value> values)
    {
        if (_state != AnswerState.Open) return false;
        // What threw may have been the emit that was one too many; the letter is one more all the same.
        _emitter.BeginInput();
        EmitCurrent(stream, -1, values);
        AckCurrent();
        Counters.DeadLetters++;
        Counters.Executed++;
        _state = AnswerState.None;
        return true;
    }

    /// <summary>Fails a held tuple after an exception, unless it was answered for.</summary>
    public void AbandonHeld(HeldTuple tuple, FailKind kind, string detail)
    {
        if (HeldTuples.IsHeld(tuple)) FailHeld(tuple, kind, detail);
    }

    /// <summary>Sends a held tuple to the dead-letter stream after an exception, and acks it; false when it was answered for.</summary>
    public bool TryDeadLetter(HeldTuple tuple, int stream, ReadOnlySpan<Value> values)
    {
        if (!HeldTuples.IsHeld(tuple)) return false;
        _emitter.BeginInput();
        EmitAnchored(stream, -1, tuple, values);
        Ack(tuple);
        Counters.DeadLetters++;
        return true;
    }

    /// <summary>Fails every held tuple that is older than a moment.</summary>
    public int FailHeldSince(long moment, FailKind kind, string detail)
    {
        var failed = 0;
        HeldTuples.TakeOlder(moment, entry =>
        {
            failed++;
            SendFail(entry.Ids.Root, entry.Further, kind, detail);
        });
        return failed;
    }

    public override void Ack(TupleView tuple)
    {
        CheckInHand(tuple);
        AckCurrent();
    }

    public override void Ack(HeldTuple tuple)
    {
        ref var entry = ref HeldTuples.Get(tuple);
        SendAck(entry.Ids, entry.Emitted, entry.Further);
        HeldTuples.Remove(tuple);
        Counters.Acked++;
        _emitter.Hooks?.Each(static hook => hook.Acked());
    }

    public override void Fail(TupleView tuple, string? detail = null)
    {
        CheckInHand(tuple);
        if (_state != AnswerState.Open) ThrowAnswered();
        FailCurrent(FailKind.Explicit, detail);
    }

    public override void Fail(HeldTuple tuple, string? detail = null)
    {
        HeldTuples.Get(tuple);
        FailHeld(tuple, FailKind.Explicit, detail);
    }

    public override HeldTuple Hold(TupleView tuple)
    {
        CheckInHand(tuple);
        if (_state != AnswerState.Open) ThrowAnswered();
        _state = AnswerState.Held;
        _executor.HoldsTuples();
        return _held = HeldTuples.Add(_ids, _emitted, _firstExtra < 0 ? null : Further.ToArray(), _executor.Now);
    }

    public override void ResetTimeout(TupleView tuple)
    {
        CheckInHand(tuple);
        SendReset(_ids.Root, Further);
    }

    public override void ResetTimeout(HeldTuple tuple)
    {
        ref var entry = ref HeldTuples.Get(tuple);
        entry.Since = _executor.Now;
        SendReset(entry.Ids.Root, entry.Further);
    }

    public override void ReportError(Exception error) => _executor.Report(this, "ReportError", null, error);

    internal override void Abandon(HeldTuple tuple, TupleCopy copy, Exception error) =>
        _executor.Worker.ErrorPolicies.HandleHeld(_executor, this, tuple, copy, error);

    internal override void AckCurrent()
    {
        if (_state != AnswerState.Open) ThrowAnswered();
        _state = AnswerState.Answered;
        Counters.Acked++;
        if (_ids.Root != 0)
        {
            if (_keepsAck && _firstExtra < 0) _ack = new TupleIds(_ids.Root, _ids.Edge ^ _emitted);
            else if (_firstExtra < 0) _outputs.AckerOf(_ids.Root).AddAck(_ids.Root, _ids.Edge ^ _emitted);
            else SendAck(_ids, _emitted, Further);
        }

        _emitter.Hooks?.Each(static hook => hook.Acked());
    }

    internal override void EmitCurrent(int stream, int task, ReadOnlySpan<Value> values)
    {
        if (_state == AnswerState.Held)
        {
            EmitAnchored(stream, task, _held, values);
            return;
        }

        if (_state == AnswerState.Answered) ThrowAnswered();
        _emitted ^= _firstExtra < 0 || _state == AnswerState.None
            ? _emitter.Emit(stream, task, values, _state == AnswerState.None ? 0 : _ids.Root)
            : _emitter.Emit(stream, task, values, _ids, Further);
    }

    internal override void EmitTo(int stream, int task, Anchor anchor, ReadOnlySpan<Value> values)
    {
        switch (anchor.Kind)
        {
            case AnchorKind.None:
                _emitter.Emit(stream, task, values, 0);
                break;
            case AnchorKind.Current:
                EmitCurrent(stream, task, values);
                break;
            case AnchorKind.Held:
                EmitAnchored(stream, task, anchor.Held, values);
                break;
            default:
                EmitAnchored(stream, task, anchor.Several, values);
                break;
        }
    }

    private ReadOnlySpan<TupleIds> Further => _firstExtra < 0 ? default : _executor.CurrentBatch.ExtraOf(_firstExtra);

    private void EmitAnchored(int stream, int task, HeldTuple held, ReadOnlySpan<Value> values)
    {
        ref var entry = ref HeldTuples.Get(held);
        entry.Emitted ^= entry.Further is null
            ? _emitter.Emit(stream, task, values, entry.Ids.Root)
            : _emitter.Emit(stream, task, values, entry.Ids, entry.Further);
    }

    /// <summary>Several anchors: the tuple joins the tree of each. A root that occurs twice is taken once; every anchor answers for the same edges.</summary>
    private void EmitAnchored(int stream, int task, ReadOnlySpan<HeldTuple> held, ReadOnlySpan<Value> values)
    {
        var roots = new List<TupleIds>();
        foreach (var tuple in held)
        {
            ref var entry = ref HeldTuples.Get(tuple);
            AddRoot(roots, entry.Ids.Root);
            foreach (var ids in entry.Further ?? []) AddRoot(roots, ids.Root);
        }

        // Each root must see the edges once: the first anchor that leads to it answers for them.
        var edges = roots.Count switch
        {
            0 => _emitter.Emit(stream, task, values, 0),
            1 => _emitter.Emit(stream, task, values, roots[0].Root),
            _ => _emitter.Emit(stream, task, values, roots[0], System.Runtime.InteropServices.CollectionsMarshal.AsSpan(roots)[1..]),
        };
        AnswerFor(held, edges);
    }

    private void AnswerFor(ReadOnlySpan<HeldTuple> held, ulong edges)
    {
        var answered = new HashSet<ulong>();
        foreach (var tuple in held)
        {
            ref var entry = ref HeldTuples.Get(tuple);
            if (entry.Ids.Root != 0 && answered.Add(entry.Ids.Root)) entry.Ids.Edge ^= edges;
            var further = entry.Further;
            for (var i = 0; i < further?.Length; i++)
                if (answered.Add(further[i].Root)) further[i].Edge ^= edges;
        }
    }

    private static void AddRoot(List<TupleIds> roots, ulong root)
    {
        if (root != 0 && !roots.Exists(r => r.Root == root)) roots.Add(new TupleIds(root, 0));
    }

    private void FailCurrent(FailKind kind, string? detail)
    {
        _state = AnswerState.Answered;
        SendFail(_ids.Root, Further, kind, detail);
    }

    private void FailHeld(HeldTuple tuple, FailKind kind, string? detail)
    {
        ref var entry = ref HeldTuples.Get(tuple);
        SendFail(entry.Ids.Root, entry.Further, kind, detail);
        HeldTuples.Remove(tuple);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Forget()
    {
        const string Detail = "Execute returned without Ack, Fail or Hold";
        FailCurrent(FailKind.Forgotten, Detail);
        _executor.Report(this, "Execute", null, new AnswerException($"{Detail}. Answer for each tuple once; a BasicBolt does that for you."));
    }

    private void SendAck(TupleIds ids, ulong emitted, ReadOnlySpan<TupleIds> further)
    {
        if (ids.Root == 0) return;
        _outputs.AckerOf(ids.Root).AddAck(ids.Root, ids.Edge ^ emitted);
        foreach (var other in further) _outputs.AckerOf(other.Root).AddAck(other.Root, other.Edge ^ emitted);
    }

    private void SendFail(ulong root, ReadOnlySpan<TupleIds> further, FailKind kind, string? detail)
    {
        Counters.Failed[(int)kind]++;
        _emitter.Hooks?.Each(hook => hook.Failed(new FailReason(kind, Plan.Component.Id, Plan.Task, detail)));
        if (root == 0) return;
        var code = FailCode.Of(kind, Plan.Task, _executor.Worker.FailDetails.Add(detail));
        _outputs.AckerOf(root).Add(AckBatchKind.Fail, root, code);
        foreach (var other in further) _outputs.AckerOf(other.Root).Add(AckBatchKind.Fail, other.Root, code);
    }

    private void SendReset(ulong root, ReadOnlySpan<TupleIds> further)
    {
        if (root == 0) return;
        _outputs.AckerOf(root).Add(AckBatchKind.Reset, root, 0);
        foreach (var other in further) _outputs.AckerOf(other.Root).Add(AckBatchKind.Reset, other.Root, 0);
    }

    private static void CheckInHand(TupleView tuple)
    {
        if (tuple.IsTick) throw new AnswerException("A tick tuple needs no answer.");
    }

    private static void ThrowAnswered() =>
        throw new AnswerException("This tuple was acked, failed or held before. Answer for each tuple once, after the last emit that is anchored to it.");
}
