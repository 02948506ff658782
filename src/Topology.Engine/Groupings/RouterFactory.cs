namespace Topology.Engine;

/// <summary>Makes the router of one subscription for one emitting task.</summary>
internal sealed class RouterFactory(TaskPlan source, StreamId stream, TaskServices services, Outputs outputs, EdgeIds chance, IEnumerable<int> allTasks)
{
    private readonly HashSet<int> _allTasks = [.. allTasks];

    public Router Make(Grouping grouping, OutTarget[] targets) => grouping switch
    {
        // Where there is no choice, nothing is hashed or counted for it.
        not (Grouping.All or Grouping.Direct or Grouping.Custom) when targets.Length == 1 => new GlobalRouter(targets),
        Grouping.Shuffle => new ShuffleRouter(targets, source.Index, outputs),
        Grouping.ByFields fields => new FieldsRouter(targets, IndexesOf(fields.Names)),
        Grouping.PartialKey fields => new PartialKeyRouter(targets, IndexesOf(fields.Names)),
        Grouping.All => new AllRouter(targets),
        Grouping.Global => new GlobalRouter(targets),
        Grouping.None => new NoneRouter(targets, chance),
        Grouping.Direct => new DirectRouter(targets, stream, _allTasks),
        Grouping.LocalOrShuffle => new ShuffleRouter(
            Array.Exists(targets, t => t.IsLocal) ? Array.FindAll(targets, t => t.IsLocal) : targets, source.Index, outputs),
        Grouping.Custom custom => MakeCustom(custom, targets),
        _ => throw new NotSupportedException($"No router for the grouping {grouping}."),
    };

    private int[] IndexesOf(IEnumerable<string> fields) => [.. fields.Select(stream.Fields.RequiredIndexOf)];

    private CustomRouter MakeCustom(Grouping.Custom custom, OutTarget[] targets)
    {
        var grouping = custom.Factory();
        grouping.Prepare(new BoltTaskContext(services, new TaskState()), stream, [.. targets.Select(t => t.Task)]);
        return new CustomRouter(targets, grouping);
    }
}
