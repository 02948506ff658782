namespace Topology.Tests;

/// <summary>Plans topologies that are written in place.</summary>
internal static class Planning
{
    public static TopologyPlan Plan(Action<TopologyBuilder> build, params (string Name, string Text)[] settings) =>
        TopologyPlanner.Plan(new InlineTopology(build), "test", settings.ToDictionary(s => s.Name, s => s.Text));

    /// <summary>Every error of a topology, none for one that has none.</summary>
    public static IReadOnlyList<string> ErrorsOf(Action<TopologyBuilder> build, params (string Name, string Text)[] settings)
    {
        try
        {
            Plan(build, settings);
            return [];
        }
        catch (InvalidTopologyException exception)
        {
            return exception.Errors;
        }
    }

    /// <summary>The errors of a topology that has a sound spout <c>lines</c> and a sound bolt <c>split</c> beside what is added.</summary>
    public static IReadOnlyList<string> ErrorsBesideLines(Action<TopologyBuilder> add, params (string Name, string Text)[] settings) =>
        ErrorsOf(
            topology =>
            {
                AddLines(topology);
                add(topology);
            },
            settings);

    public static void AddLines(TopologyBuilder topology)
    {
        topology.SetSpout("lines", () => new TrackedSpout("line"));
        topology.SetBolt("split", () => new InlineBolt("word")).ShuffleGrouping("lines");
    }

    private sealed class InlineTopology(Action<TopologyBuilder> build) : ITopology
    {
        public void Build(TopologyBuilder topology) => build(topology);
    }
}
