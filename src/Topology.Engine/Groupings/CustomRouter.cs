namespace Topology.Engine;

/// <summary>A grouping of the user's own.</summary>
internal sealed class CustomRouter(OutTarget[] targets, ICustomGrouping grouping) : Router(targets, isSingle: false)
{
    private readonly Dictionary<int, OutTarget> _byTask = targets.ToDictionary(t => t.Task);
    private readonly List<int> _tasks = [];

    public override void Prepare(ReadOnlySpan<Value> values, int task)
    {
        Chosen.Clear();
        _tasks.Clear();
        grouping.Choose(values, _tasks);
        foreach (var id in _tasks)
        {
            if (!_byTask.TryGetValue(id, out var target))
                throw new EmitException($"The custom grouping {grouping.GetType().Name} chose task {id}, which is not among its targets.");
            Chosen.Add(target);
        }
    }
}
