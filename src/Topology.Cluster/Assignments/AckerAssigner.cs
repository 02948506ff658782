using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>
/// Puts ackers beside the spouts that they serve. Every worker with reliable spout tasks has one at least, so there may be more than the plan asks for; none has more than it has such tasks,
/// since the others would have nothing to do. Follows from where the executors are, so it is not kept anywhere.
/// </summary>
internal static class AckerAssigner
{
    /// <param name="plan">The plan.</param>
    /// <param name="workers">The executors of each worker, by number.</param>
    /// <returns>The ackers of each worker, by number. With one worker, the same as the engine's own.</returns>
    public static ImmutableArray<ImmutableArray<AssignedAcker>> Assign(PlanOutline plan, ImmutableArray<ImmutableArray<AssignedExecutor>> workers)
    {
        var reliable = plan.Components.Where(c => c.IsReliable).Select(c => c.Id).ToHashSet();
        var served = workers.Select(own => own.Where(e => reliable.Contains(e.Component)).SelectMany(e => Enumerable.Range(e.FirstTask, e.LastTask - e.FirstTask + 1)).ToArray()).ToArray();
        var next = plan.ExecutorCount;
        return [.. Counts(plan.Ackers, served).Select((count, worker) => Enumerable.Range(0, count)
            .Select(acker => new AssignedAcker(next++, [.. served[worker].Where((_, place) => place % count == acker)]))
            .ToImmutableArray())];
    }

    private static int[] Counts(int wanted, int[][] served)
    {
        var counts = served.Select(tasks => wanted > 0 && tasks.Length > 0 ? 1 : 0).ToArray();
        for (var left = wanted - counts.Sum(); left > 0; left--)
        {
            // To the worker whose ackers serve the most tasks each.
            var busiest = Enumerable.Range(0, counts.Length).Where(w => counts[w] < served[w].Length).OrderByDescending(w => (double)served[w].Length / counts[w]).ToArray();
            if (busiest.Length == 0) break;
            counts[busiest[0]]++;
        }

        return counts;
    }
}
