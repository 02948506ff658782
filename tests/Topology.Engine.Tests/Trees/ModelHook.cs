namespace Topology.Engine.Tests;

/// <summary>With hooks a task's emits take another path.</summary>
internal sealed class ModelHook(TreeModel model) : ITaskHook
{
    public void Emitted(StreamId stream, ReadOnlySpan<Value> values, int targets) => model.Sent(values[0].AsInt64(), targets);
}
