using System.Collections.Concurrent;

namespace Topology.Cluster.Tests;

/// <summary>Writes down what a task's hook is told, as one line each.</summary>
internal sealed class RecordingHook : ITaskHook
{
    public ConcurrentQueue<string> Calls { get; } = new();

    public void Emitted(StreamId stream, ReadOnlySpan<Value> values, int targets) => Calls.Enqueue($"emitted {string.Join(",", values.ToArray())} on {stream.Name} to {targets}");

    public void Executed(TupleSource source) => Calls.Enqueue($"executed from {source.Component}");

    public void Acked() => Calls.Enqueue("acked");

    public void Failed(FailReason reason) => Calls.Enqueue($"failed: {reason}");

    public void TreeAcked() => Calls.Enqueue("tree acked");

    public void TreeFailed(FailReason reason) => Calls.Enqueue($"tree failed: {reason}");

    public void Cleanup() => Calls.Enqueue("cleanup");
}
