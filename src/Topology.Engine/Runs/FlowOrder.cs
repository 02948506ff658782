namespace Topology.Engine;

/// <summary>The components of a plan in the order in which tuples meet them: each after those that it subscribes to, edges that close a cycle apart.</summary>
internal static class FlowOrder
{
    public static IReadOnlyList<ComponentPlan> Of(TopologyPlan plan)
    {
        var ordered = new List<ComponentPlan>();
        var seen = new HashSet<string>();
        foreach (var component in plan.Components.OrderBy(c => c.Kind)) Visit(component);
        return ordered;

        void Visit(ComponentPlan component)
        {
            if (!seen.Add(component.Id)) return;
            foreach (var input in component.Inputs.Where(i => !i.IsFeedback)) Visit(plan[input.Component]);
            ordered.Add(component);
        }
    }
}
