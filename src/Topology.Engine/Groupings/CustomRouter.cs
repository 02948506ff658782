namespace Topology.Engine;

/// <summary>A grouping of the user's own.</summary>
internal sealed class CustomRouter : Router
{
    private readonly ICustomGrouping _grouping;
    private readonly Dictionary<int, int> _places = [];
    private readonly List<int> _tasks = [];

    public CustomRouter(OutTarget[] targets, ICustomGrouping grouping) : base(targets, isSingle: false)
    {
        _grouping = grouping;
        for (var place = 0; place < targets.Length; place++) _places[targets[place].Task] = place;
    }

    public override void ChooseMany(ReadOnlySpan<Value> values, int task, List<int> chosen)
    {
        _tasks.Clear();
        _grouping.Choose(values, _tasks);
        foreach (var id in _tasks)
        {
            if (!_places.TryGetValue(id, out var place))
                throw new EmitException($"The custom grouping {_grouping.GetType().Name} chose task {id}, which is not among its targets.");
            chosen.Add(place);
        }
    }
}
