namespace Topology.Cluster.Tests;

/// <summary>Which task of a bolt saw which number how often. Thread-safe.</summary>
internal sealed class TaskTally(int tasks, int limit)
{
    private readonly int[,] _counts = new int[tasks, limit];

    /// <summary>A bolt whose tasks count their tuples' first value.</summary>
    public FaultyBasicBolt Bolt()
    {
        var index = -1;
        return new FaultyBasicBolt((tuple, _) => Interlocked.Increment(ref _counts[index, tuple[0].AsInt64()]))
        {
            OnPrepare = context => index = context.TaskIndex,
        };
    }

    /// <summary>How often a task saw a number.</summary>
    public int this[int task, long number] => Volatile.Read(ref _counts[task, number]);

    /// <summary>How many tuples a task saw.</summary>
    public int Of(int task) => Enumerable.Range(0, limit).Sum(n => this[task, n]);

    /// <summary>How often a number was seen, over all tasks.</summary>
    public int Times(long number) => Enumerable.Range(0, tasks).Sum(t => this[t, number]);

    /// <summary>The tasks that saw a number.</summary>
    public int[] TasksOf(long number) => [.. Enumerable.Range(0, tasks).Where(t => this[t, number] > 0)];
}
