namespace Topology.Cli;

/// <summary>The order in which tuples pass the components: spouts first, then each bolt after the nearest that it listens to.</summary>
internal static class FlowOrder
{
    /// <summary>Each component's distance from a spout, in steps, by id.</summary>
    public static IReadOnlyDictionary<string, int> Distances(TopologyPlan plan)
    {
        var distances = plan.Components.Where(c => c.Kind == ComponentKind.Spout).ToDictionary(c => c.Id, _ => 0, StringComparer.Ordinal);
        for (var step = 1; ; step++)
        {
            var next = plan.Components.Where(c => !distances.ContainsKey(c.Id) && c.Inputs.Any(i => distances.ContainsKey(i.Component))).ToList();
            if (next.Count == 0) return distances;
            foreach (var component in next) distances[component.Id] = step;
        }
    }

    /// <summary>The items in that order; those of equal distance by id.</summary>
    public static IReadOnlyList<T> Sort<T>(IEnumerable<T> items, Func<T, string> id, TopologyPlan plan)
    {
        var distances = Distances(plan);
        return [.. items.OrderBy(i => distances.GetValueOrDefault(id(i), int.MaxValue)).ThenBy(id, StringComparer.Ordinal)];
    }
}
