namespace Topology;

/// <summary>
/// Checks that the tuples of every cycle are tracked: max-spout-pending is what keeps the tuples in it from growing without bound.
/// </summary>
internal static class CycleCheck
{
    public static void Check(PlanDraft plan, FlowGraph flow)
    {
        if (flow.Cycles.Count == 0) return;
        // A spout that could not be asked gets the benefit of the doubt; it has an error of its own.
        var tracked = flow.ReachableFrom(Spouts(plan).Where(s => s.IsReliable || s.Streams.IsDefault).Select(s => s.Id));
        foreach (var cycle in flow.Cycles)
        {
            var path = string.Join(" -> ", cycle.Append(cycle[0]));
            if (Problem(plan, flow, tracked, cycle[0]) is { } problem) plan.Errors.Add($"The cycle {path} needs tracking, which keeps it from filling up, but {problem}.");
        }
    }

    private static string? Problem(PlanDraft plan, FlowGraph flow, HashSet<string> tracked, string member)
    {
        if (plan.Options.Delivery == Delivery.AtMostOnce) return "delivery is at-most-once: use at-least-once, or take one of its subscriptions away";
        if (plan.Ackers == 0) return "there are no ackers: set Ackers to at least 1, or take one of its subscriptions away";
        if (tracked.Contains(member)) return null;
        var feeding = Spouts(plan).Select(s => s.Id).Where(s => flow.ReachableFrom([s]).Contains(member)).Select(s => $"'{s}'").ToArray();
        return feeding.Length == 0
            ? "no spout feeds it: subscribe one of its bolts to a spout"
            : $"only untracked spouts feed it ({string.Join(", ", feeding)}): derive one from ReliableSpout, or take one of its subscriptions away";
    }

    private static IEnumerable<ComponentDraft> Spouts(PlanDraft plan) => plan.ById.Values.Where(c => c.Kind == ComponentKind.Spout);
}
