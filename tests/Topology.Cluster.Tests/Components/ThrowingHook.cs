namespace Topology.Cluster.Tests;

/// <summary>A hook that throws whenever it is told something.</summary>
internal sealed class ThrowingHook : ITaskHook
{
    public void Emitted(StreamId stream, ReadOnlySpan<Value> values, int targets) => throw new InvalidOperationException("emitted");

    public void Executed(TupleSource source) => throw new InvalidOperationException("executed");

    public void Acked() => throw new InvalidOperationException("acked");

    public void Failed(FailReason reason) => throw new InvalidOperationException("failed");

    public void TreeAcked() => throw new InvalidOperationException("tree acked");

    public void TreeFailed(FailReason reason) => throw new InvalidOperationException("tree failed");

    public void Cleanup() => throw new InvalidOperationException("cleanup");
}
