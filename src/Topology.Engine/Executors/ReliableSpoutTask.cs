using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Topology.Engine;

/// <summary>A task of a spout whose tuples are tracked: the trees that are pending, and the calls that their ends make.</summary>
internal sealed class ReliableSpoutTask<TMessageId> : SpoutTask
{
    private readonly PendingTable<TMessageId> _pending;
    private readonly int _maxPending;
    private readonly bool _hasAckers;
    private ReliableSpout<TMessageId> _spout = null!;
    private Output _output = null!;

    public ReliableSpoutTask(SpoutExecutor executor, TaskPlan plan, Emitter emitter, TaskCounters counters, ulong firstSequence)
        : base(executor, plan, emitter, counters)
    {
        _maxPending = plan.Component.Options.MaxSpoutPending ?? executor.Worker.Plan.Options.MaxSpoutPending;
        _hasAckers = executor.Worker.Ackers.Length > 0;
        _pending = new PendingTable<TMessageId>(_hasAckers ? _maxPending : 1, firstSequence);
    }

    public override SpoutBase Spout => _spout;

    public override int Pending => _pending.Count + Waiting;

    public override int Waiting => _spout?.WaitingForRetry ?? 0;

    public override long NextRetry => _spout.NextRetryNanoseconds;

    public override bool HasRoom => _pending.Count < _maxPending && (Pending < _maxPending || Executor.Now >= NextRetry);

    public override void Use(SpoutBase spout)
    {
        _spout = (ReliableSpout<TMessageId>)spout;
        _output = new Output(this);
    }

    public override void Acked(ulong sequence)
    {
        if (!_pending.Remove(sequence, Executor.Now, out var messageId, out var latency)) return;
        Counters.Acked++;
        Counters.CompleteLatency.Record(latency);
        Emitter.Hooks?.Each(static hook => hook.TreeAcked());
        TreeEnded();
        _spout.Ack(messageId);
    }

    public override void Failed(ulong sequence, ulong code)
    {
        if (!_pending.Remove(sequence, Executor.Now, out var messageId, out _)) return;
        var reason = Executor.Worker.ReasonOf(code);
        Counters.Failed[(int)reason.Kind]++;
        Emitter.Hooks?.Each(hook => hook.TreeFailed(reason));
        TreeEnded();
        _spout.Fail(messageId, reason);
        Counters.Lost = _spout.LettersWithoutConsumer + _dropped;
        Counters.DeadLetters = _spout.DeadLetters;
    }

    public override int DropPending()
    {
        var dropped = _pending.Count;
        _dropped += dropped;
        Counters.Lost = _spout.LettersWithoutConsumer + _dropped;
        if (_hasAckers) Executor.Outputs.AckerOf(RootId.Of(Plan.Task, 0)).Add(AckBatchKind.Clear, RootId.Of(Plan.Task, _pending.Last), 0);
        _pending.Restart();
        return dropped;
    }

    private long _dropped;

    protected override void NextTuple() => _spout.NextTuple(_output);

    private void Emit(int stream, int target, TMessageId messageId, ReadOnlySpan<Value> values)
    {
        if (!_hasAckers)
        {
            Emitter.Emit(stream, target, values, 0);
            Counters.Acked++;
            _spout.Ack(messageId);
            return;
        }

        if (_pending.Count >= _maxPending) ThrowNoRoom();
        var sequence = _pending.Add(messageId, Executor.Now);
        var root = RootId.Of(Plan.Task, sequence);
        ulong edges;
        try
        {
            edges = Emitter.Emit(stream, target, values, root);
        }
        catch (EmitException)
        {
            _pending.Undo(sequence);
            throw;
        }

        Executor.Outputs.AckerOf(root).AddInit(root, edges);
    }

    [MethodImpl(MethodImplOptions.NoInlining), DoesNotReturn]
    private void ThrowNoRoom() =>
        throw new EmitException(
            $"{Plan.Component.Id}[{Plan.Task}] emitted beyond its max-spout-pending of {_maxPending:N0} trees. Emit at most output.Remaining tuples in one NextTuple.");

    private sealed class Output(ReliableSpoutTask<TMessageId> task) : SpoutOutput<TMessageId>
    {
        public override int Remaining =>
            task.Executor.Outputs.IsFull ? 0 : task._hasAckers ? Math.Max(0, task._maxPending - task.Pending) : SpoutExecutor.EmitsPerTurn;

        internal override void EmitTo(int stream, int target, TMessageId messageId, ReadOnlySpan<Value> values) =>
            task.Emit(stream, target, messageId, values);

        internal override void EmitUntrackedTo(int stream, int target, ReadOnlySpan<Value> values) =>
            task.Emitter.Emit(stream, target, values, 0);
    }
}
