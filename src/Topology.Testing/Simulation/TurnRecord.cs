using Topology.Engine;

namespace Topology.Testing;

/// <summary>What the tasks of one run did in the turn that is under way, for the trace.</summary>
internal sealed class TurnRecord
{
    public int Emitted { get; private set; }

    public int Executed { get; private set; }

    public ulong Hash { get; private set; }

    /// <summary>Where emitted tuples are also kept; null for nowhere.</summary>
    public Action<EmittedTuple>? Keep { get; set; }

    public void Reset() => (Emitted, Executed, Hash) = (0, 0, 0);

    public ITaskObserver ObserverOf(TaskPlan task) => new Observer(this, task.Task);

    private void Mix(Value what, Value detail) => Hash = StableHash.Of([(long)Hash, what, detail]);

    private sealed class Observer(TurnRecord record, int task) : ITaskObserver
    {
        public void Emitted(StreamId stream, ReadOnlySpan<Value> values, int targets, bool isTracked)
        {
            record.Emitted++;
            record.Mix(stream.Name, (long)StableHash.Of(values));
            record.Mix(targets, isTracked);
            record.Keep?.Invoke(new EmittedTuple(stream, task, values.ToArray(), isTracked));
        }

        public void Executed(TupleSource source) => record.Executed++;

        public void Acked() => record.Mix("acked", task);

        public void Failed(FailReason reason) => record.Mix("failed", reason.ToString());

        public void TreeAcked() => record.Mix("tree acked", task);

        public void TreeFailed(FailReason reason) => record.Mix("tree failed", reason.ToString());
    }
}
