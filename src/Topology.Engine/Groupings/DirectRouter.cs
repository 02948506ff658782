namespace Topology.Engine;

/// <summary>Direct grouping: the emitter names the task. Where several components subscribe, the one that has the task gets the tuple.</summary>
internal sealed class DirectRouter : Router
{
    private readonly StreamId _stream;
    private readonly Dictionary<int, int> _places = [];
    private readonly HashSet<int> _allTasks;

    /// <param name="targets">This subscriber's tasks.</param>
    /// <param name="stream">The direct stream.</param>
    /// <param name="allTasks">The tasks of all its subscribers.</param>
    public DirectRouter(OutTarget[] targets, StreamId stream, HashSet<int> allTasks) : base(targets, isSingle: false)
    {
        _stream = stream;
        _allTasks = allTasks;
        for (var place = 0; place < targets.Length; place++) _places[targets[place].Task] = place;
    }

    public override void ChooseMany(ReadOnlySpan<Value> values, int task, List<int> chosen)
    {
        if (_places.TryGetValue(task, out var place)) chosen.Add(place);
        else if (!_allTasks.Contains(task)) EmitErrors.ThrowNoSuchTarget(_stream, task);
    }
}
