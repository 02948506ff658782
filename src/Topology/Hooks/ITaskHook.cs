namespace Topology;

/// <summary>
/// Sees what one task does, for tracing and tests. Calls come on the task's own thread, between its own calls; a hook that throws is
/// reported and its exception goes no further. A task with hooks takes a slower path.
/// </summary>
public interface ITaskHook
{
    /// <summary>A tuple was emitted; <paramref name="targets"/> says to how many tasks.</summary>
    void Emitted(StreamId stream, ReadOnlySpan<Value> values, int targets) { }

    /// <summary>A bolt's <c>Execute</c> returned or threw.</summary>
    void Executed(TupleSource source) { }

    /// <summary>A bolt acked a tuple.</summary>
    void Acked() { }

    /// <summary>A bolt failed a tuple.</summary>
    void Failed(FailReason reason) { }

    /// <summary>A spout's tree completed.</summary>
    void TreeAcked() { }

    /// <summary>A spout's tree failed.</summary>
    void TreeFailed(FailReason reason) { }

    /// <summary>The task has ended.</summary>
    void Cleanup() { }
}
