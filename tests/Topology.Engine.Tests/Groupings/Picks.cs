namespace Topology.Engine.Tests;

/// <summary>Counts what a router chooses.</summary>
internal static class Picks
{
    /// <summary>How often each target is chosen; 0 for one that never is.</summary>
    public static Dictionary<OutTarget, int> Count(Router router, int tuples, Func<int, Value>? value = null)
    {
        var picks = router.Targets.ToDictionary(t => t, _ => 0);
        for (var i = 0; i < tuples; i++) picks[router.Targets[router.Choose([value?.Invoke(i) ?? i])]]++;
        return picks;
    }

    /// <summary>The ids of the tasks that a router chooses for one tuple.</summary>
    public static int[] Many(Router router, ReadOnlySpan<Value> values, int task = -1)
    {
        router.Prepare(values, task);
        return [.. router.Chosen.Select(target => target.Task)];
    }
}
