using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Topology.Messaging;

namespace Topology.Engine;

/// <summary>A task of a spout whose tuples are tracked: the trees that are pending, and the calls that their ends make.</summary>
internal sealed class ReliableSpoutTask<TMessageId> : SpoutTask
{
    private readonly PendingTable<TMessageId> _pending;
    private readonly int _maxPending;
    private readonly AckOutbox? _acker;
    private readonly ulong _firstRoot;
    private ReliableSpout<TMessageId> _spout = null!;
    private Output _output = null!;

    // What instances before this one lost, what was pending when they ended included, and what they gave up.
    private long _lostBefore;
    private long _deadLettersBefore;

    public ReliableSpoutTask(SpoutExecutor executor, TaskPlan plan, Emitter emitter, TaskCounters counters, ulong firstSequence)
        : base(executor, plan, emitter, counters)
    {
        _maxPending = plan.Component.Options.MaxSpoutPending ?? executor.Worker.Plan.Options.MaxSpoutPending;
        _firstRoot = RootId.Of(plan.Task, 0);
        if (executor.Worker.AllAckers.Length > 0) _acker = executor.Outputs.AckerOf(_firstRoot);
        _pending = new PendingTable<TMessageId>(_acker is null ? 1 : _maxPending, firstSequence);
    }

    public override SpoutBase Spout => _spout;

    public override int Pending => _pending.Count + Waiting;

    public override int Waiting => _spout?.WaitingForRetry ?? 0;

    public override long NextRetry => _spout.NextRetryNanoseconds;

    public override long Lost => _lostBefore + (_spout?.LettersWithoutConsumer ?? 0);

    public override long DeadLetters => _deadLettersBefore + (_spout?.DeadLetters ?? 0);

    public override bool HasRoom => _pending.Count < _maxPending && (Pending < _maxPending || Executor.Now >= NextRetry);

    /// <summary>The message id of a tree that is pending; for test kits.</summary>
    public TMessageId MessageIdOf(ulong root) => _pending.MessageIdOf(root & RootId.SequenceMask);

    public override void Use(SpoutBase spout)
    {
        _lostBefore += _spout?.LettersWithoutConsumer ?? 0;
        _deadLettersBefore += _spout?.DeadLetters ?? 0;
        _spout = (ReliableSpout<TMessageId>)spout;
        HasEnded = false;
        _output = new Output(this);
    }

    public override void Acked(ulong firstSequence, int count)
    {
        if (HasEnded) return;
        TreeEnded();
        while (count > 0)
        {
            var taken = _pending.TakeRun(firstSequence, count, out var first);
            if (taken == 0)
            {
                // Of an earlier incarnation, which dropped it.
                firstSequence++;
                count--;
                continue;
            }

            AckRun(first, taken);
            firstSequence += (ulong)taken;
            count -= taken;
        }
    }

    public override void Failed(ulong sequence, ulong code)
    {
        if (HasEnded || !_pending.Remove(sequence, Executor.Now, out var messageId, out _)) return;
        var reason = Executor.Worker.ReasonOf(code);
        Counters.Failed[(int)reason.Kind]++;
        Emitter.Hooks?.Each(hook => hook.TreeFailed(reason));
        TreeEnded();
        _spout.Fail(messageId, reason);
    }

    public override void FailPending(FailKind cause)
    {
        if (HasEnded || _pending.Count == 0) return;
        var messageIds = _pending.TakeAll();
        _acker?.Add(AckBatchKind.Clear, _firstRoot | _pending.Last, 0);
        _pending.Restart();
        var reason = new FailReason(cause);
        var spout = _spout;
        for (var failed = 0; failed < messageIds.Length; failed++)
        {
            Counters.Failed[(int)cause]++;
            Emitter.Hooks?.Each(hook => hook.TreeFailed(reason));
            try
            {
                spout.Fail(messageIds[failed], reason);
            }
            catch (Exception exception)
            {
                Executor.Worker.ErrorPolicies.Handle(Executor, this, "Fail", exception);
                if (ReferenceEquals(spout, _spout) && !HasEnded) continue;
                AddLost(messageIds.Length - failed - 1);
                break;
            }
        }

        TreeEnded();
    }

    public override int DropPending()
    {
        var dropped = Pending;
        AddLost(dropped);
        _acker?.Add(AckBatchKind.Clear, _firstRoot | _pending.Last, 0);
        _pending.Restart();
        return dropped;
    }

    /// <summary>Counts what an instance that ended was not told of, unless its successor goes on at a position before it and so reads it again.</summary>
    private void AddLost(int records)
    {
        if (!(Position.IsKept && _spout.Replays)) _lostBefore += records;
    }

    /// <summary>Tells the user's code of trees that lie beside one another in the table and are no longer pending.</summary>
    private void AckRun(int first, int count)
    {
        var spout = _spout;
        Counters.Acked += count;
        RecordLatencies(first, count);
        for (var done = 0; done < count;)
        {
            try
            {
                while (done < count)
                {
                    var messageId = _pending.Forget(first + done);
                    done++;
                    Emitter.Hooks?.Each(static hook => hook.TreeAcked());
                    spout.Ack(messageId);
                }
            }
            catch (Exception exception)
            {
                Executor.Worker.ErrorPolicies.Handle(Executor, this, "Ack", exception);
                if (ReferenceEquals(spout, _spout) && !HasEnded) continue;
                // A fresh instance knows nothing of trees of the one before: those that nobody was told of are dropped with the others.
                Counters.Acked -= count - done;
                AddLost(count - done);
                return;
            }
        }
    }

    /// <summary>Trees of one turn of the spout that end together took equally long: they are recorded at once.</summary>
    private void RecordLatencies(int first, int count)
    {
        for (var done = 0; done < count;)
        {
            var latency = _pending.LatencyOf(first + done, Executor.Now, count - done, out var equal);
            Counters.CompleteLatency.Record(latency, equal);
            done += equal;
        }
    }

    protected override void NextTuple() => _spout.NextTuple(_output);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Emit(int stream, int target, TMessageId messageId, ReadOnlySpan<Value> values)
    {
        var to = Emitter.StreamOf(stream);
        Emitter.Check(to, target, values);
        if (_acker is not { } acker || !Emitter.IsPlain(to))
        {
            EmitOther(to, target, messageId, values);
            return;
        }

        if (_pending.Count >= _maxPending) ThrowNoRoom();
        var root = _firstRoot | _pending.Add(messageId, Executor.Now);
        Emitter.EmitPlain(to, values, new TupleIds(root, 0));
        acker.AddInit(root);
    }

    /// <summary>Emits what was checked, where it does not go to exactly one task or is not tracked.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EmitOther(OutStream to, int target, TMessageId messageId, ReadOnlySpan<Value> values)
    {
        if (_acker is null)
        {
            Emitter.EmitChecked(to, target, values, 0);
            Counters.Acked++;
            _spout.Ack(messageId);
            return;
        }

        if (_pending.Count >= _maxPending) ThrowNoRoom();
        var sequence = _pending.Add(messageId, Executor.Now);
        try
        {
            _acker.Add(AckBatchKind.Init, _firstRoot | sequence, Emitter.EmitChecked(to, target, values, _firstRoot | sequence));
        }
        catch
        {
            // A grouping refused it, before anything was sent.
            _pending.Undo(sequence);
            throw;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining), DoesNotReturn]
    private void ThrowNoRoom() =>
        throw new EmitException(
            $"{Plan.Component.Id}[{Plan.Task}] emitted beyond its max-spout-pending of {_maxPending:N0} trees. Emit at most output.Remaining tuples in one NextTuple.");

    private sealed class Output(ReliableSpoutTask<TMessageId> task) : SpoutOutput<TMessageId>
    {
        public override int Remaining =>
            task.Executor.Outputs.IsFull ? 0 : task._acker is not null ? Math.Max(0, task._maxPending - task.Pending) : task.Executor.Worker.EmitsPerTurn;

        internal override void EmitTo(int stream, int target, TMessageId messageId, ReadOnlySpan<Value> values) =>
            task.Emit(stream, target, messageId, values);

        internal override void EmitUntrackedTo(int stream, int target, ReadOnlySpan<Value> values) =>
            task.Emitter.Emit(stream, target, values, 0);
    }
}
