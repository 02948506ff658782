namespace Topology.Cluster;

/// <summary>The handling of one event: the state as it becomes, and what is to be done. What is durable of it is found by comparing, so that nothing is changed and not kept.</summary>
internal sealed class MasterTurn(MasterState before, MasterOptions options, DateTimeOffset now)
{
    private readonly List<MasterAction> _actions = [];

    public MasterOptions Options => options;

    public DateTimeOffset Now => now;

    public MasterState State { get; set; } = before with { Now = now };

    public void Put(TopologyStatus topology) => State = State with { Topologies = State.Topologies.SetItem(topology.Id, topology) };

    public void Do(MasterAction action) => _actions.Add(action);

    /// <summary>A number from 0 up to 1, by SplitMix64.</summary>
    public double Draw()
    {
        var next = State.Chance + 0x9E3779B97F4A7C15;
        State = State with { Chance = next };
        var mixed = (next ^ (next >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>Whether an order that waits for its effect is to be given, for the first time or again.</summary>
    public bool IsDue(WorkerStatus worker) => worker.OrderedAt is not { } at || now - at >= options.RepeatAfter;

    public MasterStep End() => new(State, [.. StoreChanges.Between(before, State)], [.. _actions], NextLook());

    private DateTimeOffset NextLook()
    {
        var starts = State.Topologies.Values.Where(t => !t.HasEnded && t.StartAfter > now).Select(t => t.StartAfter);
        return starts.Append(now + options.LookEvery).Min();
    }
}
