namespace Topology.Engine;

/// <summary>Direct grouping: the emitter names the task. Where several components subscribe, the one that has the task gets the tuple.</summary>
internal sealed class DirectRouter : Router
{
    private readonly StreamId _stream;
    private readonly Dictionary<int, OutTarget> _byTask;
    private readonly HashSet<int> _allTasks;

    /// <param name="targets">This subscriber's tasks.</param>
    /// <param name="stream">The direct stream.</param>
    /// <param name="allTasks">The tasks of all its subscribers.</param>
    public DirectRouter(OutTarget[] targets, StreamId stream, HashSet<int> allTasks) : base(targets, isSingle: false)
    {
        _stream = stream;
        _allTasks = allTasks;
        _byTask = targets.ToDictionary(t => t.Task);
    }

    public override void Prepare(ReadOnlySpan<Value> values, int task)
    {
        Chosen.Clear();
        if (_byTask.TryGetValue(task, out var target)) Chosen.Add(target);
        else if (!_allTasks.Contains(task)) EmitErrors.ThrowNoSuchTarget(_stream, task);
    }
}
