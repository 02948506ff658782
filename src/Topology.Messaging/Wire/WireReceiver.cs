namespace Topology.Messaging;

/// <summary>A loop or an executor that receives rows from other processes.</summary>
/// <param name="pool">Where the batches that it gets come from.</param>
/// <param name="tasks">How many tasks each of its executors has, by the executor's place.</param>
internal sealed class WireReceiver(BatchPool pool, ushort[] tasks)
{
    /// <summary>Where the batches that it gets come from.</summary>
    public BatchPool Pool { get; } = pool;

    /// <summary>Whether it has such an executor with such a task.</summary>
    public bool Has(ushort target, ushort task) => target < tasks.Length && task < tasks[target];
}
