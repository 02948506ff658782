using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>
/// Deals a plan's executors to workers. Workers differ by at most one executor in all, and by at most one of each component. A first deal gives a worker neighbouring executors; a later one
/// moves no executor off a worker that has room for it. The same input gives the same deal.
/// </summary>
internal static class ExecutorAssigner
{
    /// <param name="plan">What to deal.</param>
    /// <param name="workers">How many workers there are to be, at least 1; with fewer executors than that, there are as many as executors.</param>
    /// <param name="before">What each worker has now, by number; empty at first.</param>
    /// <returns>What each worker gets, by number, in the order of executors' numbers.</returns>
    public static ImmutableArray<ImmutableArray<AssignedExecutor>> Assign(PlanOutline plan, int workers, ImmutableArray<ImmutableArray<AssignedExecutor>> before)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        var executors = ExecutorNumbers.Of(plan);
        var count = Math.Min(workers, executors.Length);
        if (IsEven(plan, executors, before, count)) return before;
        var dealt = Enumerable.Range(0, count).Select(_ => new List<AssignedExecutor>()).ToArray();
        // Spouts go first, so that they, and the ackers beside them, are spread over the workers rather than fill up what bolts have left.
        foreach (var component in plan.Components.OrderBy(c => c.Kind)) Deal([.. executors.Where(e => e.Component == component.Id)], dealt, before);
        return [.. dealt.Select(own => own.OrderBy(e => e.Number).ToImmutableArray())];
    }

    private static void Deal(AssignedExecutor[] executors, List<AssignedExecutor>[] dealt, ImmutableArray<ImmutableArray<AssignedExecutor>> before)
    {
        var held = dealt.Select((_, worker) => executors.Where(e => worker < before.Length && before[worker].Contains(e)).ToArray()).ToArray();
        var room = Shares(executors.Length, dealt, held);
        var free = new Queue<AssignedExecutor>(executors.Except(held.SelectMany((own, worker) => own.Take(room[worker]))));
        for (var worker = 0; worker < dealt.Length; worker++)
        {
            AssignedExecutor[] kept = [.. held[worker].Take(room[worker])];
            dealt[worker].AddRange(kept);
            for (var i = kept.Length; i < room[worker]; i++) dealt[worker].Add(free.Dequeue());
        }
    }

    /// <summary>How many of a component's executors each worker gets: what is left over goes to those with the least so far, and among these to those that hold more of them already.</summary>
    private static int[] Shares(int executors, List<AssignedExecutor>[] dealt, AssignedExecutor[][] held)
    {
        var shares = Enumerable.Repeat(executors / dealt.Length, dealt.Length).ToArray();
        var first = Enumerable.Range(0, dealt.Length).OrderBy(w => dealt[w].Count).ThenByDescending(w => held[w].Length).ThenBy(w => w);
        foreach (var worker in first.Take(executors % dealt.Length)) shares[worker]++;
        return shares;
    }

    /// <summary>Whether a deal is already what is asked for, so that nothing has to move.</summary>
    private static bool IsEven(PlanOutline plan, ImmutableArray<AssignedExecutor> executors, ImmutableArray<ImmutableArray<AssignedExecutor>> before, int workers) =>
        before.Length == workers
        && before.SelectMany(own => own).OrderBy(e => e.Number).SequenceEqual(executors)
        && Spread(before.Select(own => own.Length)) <= 1
        && plan.Components.All(c => Spread(before.Select(own => own.Count(e => e.Component == c.Id))) <= 1);

    private static int Spread(IEnumerable<int> counts) => counts.Max() - counts.Min();
}
