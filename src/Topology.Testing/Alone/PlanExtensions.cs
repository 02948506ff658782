namespace Topology.Testing;

/// <summary>Changes to a plan that only a test kit makes.</summary>
internal static class PlanExtensions
{
    /// <summary>The plan with other instances of one component than its author's.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="component">The component's id.</param>
    /// <param name="factory">Makes the other instances.</param>
    /// <param name="example">One such instance, where it is a spout whose tuples are tracked; else null.</param>
    public static TopologyPlan Replace(this TopologyPlan plan, string component, Func<object> factory, ReliableSpout? example = null) => plan with
    {
        Components =
        [
            .. plan.Components.Select(c => c.Id == component ? c with { Factory = factory, IsReliable = example is not null, Example = example } : c),
        ],
    };

    /// <summary>Subscribes a consumer to every stream of a component.</summary>
    public static void Consume(this TopologyBuilder topology, string consumer, int tasks, Func<IBolt> bolt, string component, StreamDeclarer declared)
    {
        var declarer = topology.SetBolt(consumer, bolt).SetTasks(tasks).GlobalGrouping(component);
        foreach (var (name, _, direct) in declared.Streams)
        {
            if (direct) declarer.DirectGrouping(component, name);
            else declarer.GlobalGrouping(component, name);
        }
    }

    /// <summary>Makes settings known that only the component under test asks for, when it runs.</summary>
    public static void DeclareAll(this TopologyBuilder topology, IReadOnlyDictionary<string, string>? settings)
    {
        foreach (var name in settings?.Keys ?? [])
        {
            if (!name.StartsWith(EngineSettings.Prefix, StringComparison.Ordinal)) topology.Declare(name, null, "of the component under test");
        }
    }
}
