using Topology.Engine;

namespace Topology.Cli;

/// <summary>What a component does now: a reading of its counters, and the rates since the reading before.</summary>
/// <param name="Now">The reading.</param>
/// <param name="EmittedPerSecond">Tuples.</param>
/// <param name="ExecutedPerSecond">Tuples.</param>
/// <param name="State">What its executors mostly did: <c>busy 87%</c>, <c>held 60%</c> by a full downstream, <c>idle</c>.</param>
internal sealed record ComponentRates(ComponentMetrics Now, double EmittedPerSecond, double ExecutedPerSecond, string State)
{
    /// <summary>The rates of each component between two readings of one run.</summary>
    public static IReadOnlyList<ComponentRates> Between(TopologyMetrics before, TopologyMetrics now)
    {
        var seconds = (now.Uptime - before.Uptime).TotalSeconds;
        return [.. now.Components.Select(c => Between(before.Components.FirstOrDefault(b => b.Id == c.Id), c, seconds))];
    }

    private static ComponentRates Between(ComponentMetrics? before, ComponentMetrics now, double seconds) => new(
        now,
        PerSecond(now.Emitted - (before?.Emitted ?? 0), seconds),
        PerSecond(now.Executed - (before?.Executed ?? 0), seconds),
        StateOf(
            now.BusyNanoseconds - (before?.BusyNanoseconds ?? 0),
            now.IdleNanoseconds - (before?.IdleNanoseconds ?? 0),
            now.BackpressuredNanoseconds - (before?.BackpressuredNanoseconds ?? 0)));

    private static double PerSecond(long count, double seconds) => seconds > 0 ? count / seconds : 0;

    private static string StateOf(double busy, double idle, double held)
    {
        var all = busy + idle + held;
        if (all <= 0) return "idle";
        if (held > busy && held / all >= 0.005) return $"held {held / all * 100:0}%";
        return busy / all >= 0.005 ? $"busy {busy / all * 100:0}%" : "idle";
    }
}
