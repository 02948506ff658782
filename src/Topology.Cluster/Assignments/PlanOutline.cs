using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>
/// What the master keeps of a <see cref="TopologyPlan"/>. The plan itself holds the user's code, which the master never loads: a short-lived process builds it and hands this over. Immutable.
/// </summary>
/// <param name="Hash">The plan's hash, which every worker compares with that of the plan it has built.</param>
/// <param name="Components">The components, in the order of their task ids.</param>
/// <param name="Ackers">How many ackers the plan asks for; 0 acks at emit.</param>
/// <param name="MessageTimeout">How long a tree may take; <see cref="Timeout.InfiniteTimeSpan"/> for ever. A rebalance waits for what is in flight so long.</param>
/// <param name="DrainTimeout">How long a drain may take; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
public sealed record PlanOutline(ulong Hash, ImmutableArray<ComponentOutline> Components, int Ackers, TimeSpan MessageTimeout, TimeSpan DrainTimeout)
{
    /// <summary>Characters of <see cref="Text"/>: some hundred components have so many.</summary>
    private const int MostText = 200_000;

    /// <summary>The lines of the plan, see <see cref="PlanText"/>, to tell where a worker's plan differs; empty where they are too long to be kept.</summary>
    public ImmutableArray<string> Text { get; init; } = [];

    /// <summary>How many executors there are, ackers apart.</summary>
    public int ExecutorCount => Components.Sum(c => c.Executors);

    /// <summary>The same plan with other numbers of executors; components that are not named keep theirs.</summary>
    internal PlanOutline With(ImmutableSortedDictionary<string, int> executors) =>
        executors.IsEmpty ? this : this with { Components = [.. Components.Select(c => executors.TryGetValue(c.Id, out var count) ? c with { Executors = count } : c)] };

    /// <summary>The outline of a plan.</summary>
    /// <param name="plan">A plan as <c>Build</c> made it.</param>
    public static PlanOutline Of(TopologyPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var text = PlanText.Of(plan);
        return new PlanOutline(
            plan.Hash,
            [.. plan.Components.Select(c => new ComponentOutline(c.Id, c.Kind, c.Executors, c.Tasks, c.FirstTask, c.IsReliable))],
            plan.Options.Ackers,
            plan.Options.MessageTimeout,
            plan.Options.DrainTimeout)
        {
            Text = text.Sum(line => line.Length) <= MostText ? text : [],
        };
    }
}
