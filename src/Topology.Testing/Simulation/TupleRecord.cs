using Topology.Engine;

namespace Topology.Testing;

/// <summary>What the tasks of one run emit and answer, for the trace and for tests.</summary>
internal sealed class TupleRecord
{
    /// <summary>Over what was emitted and answered since it was last taken, in order.</summary>
    private ulong _hash;

    /// <summary>Where emitted tuples are kept; null for nowhere.</summary>
    public Action<EmittedTuple>? Keep { get; set; }

    public ulong TakeHash()
    {
        var hash = _hash;
        _hash = 0;
        return hash;
    }

    public ITaskObserver ObserverOf(TaskPlan task) => new Observer(this, task.Task);

    private void Mix(Value what, Value detail) => _hash = StableHash.Of([(long)_hash, what, detail]);

    private sealed class Observer(TupleRecord record, int task) : ITaskObserver
    {
        public void Emitted(StreamId stream, ReadOnlySpan<Value> values, int targets, bool isTracked)
        {
            record.Mix(stream.Name, (long)StableHash.Of(values));
            record.Mix(targets, isTracked);
            record.Keep?.Invoke(new EmittedTuple(stream, task, values.ToArray(), isTracked));
        }

        public void Acked() => record.Mix("acked", task);

        public void Failed(FailReason reason) => record.Mix("failed", reason.ToString());

        public void TreeAcked() => record.Mix("tree acked", task);

        public void TreeFailed(FailReason reason) => record.Mix("tree failed", reason.ToString());
    }
}
