using System.Collections.Immutable;
using Topology.Cluster;

namespace Topology.Cli;

/// <summary>What a topology does now; as JSON with its names in camel case.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Id">Its id.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="At">When that was.</param>
/// <param name="Workers">How many workers it has that have a process.</param>
/// <param name="RssBytes">What they have in memory, in bytes.</param>
/// <param name="Components">Its components, in the plan's order.</param>
internal sealed record TopReport(string Name, string Id, string State, DateTimeOffset At, int Workers, long RssBytes, ImmutableArray<TopComponent> Components)
{
    /// <param name="before">A reading; null where there is none, and then there are no rates.</param>
    /// <param name="now">A later one.</param>
    /// <param name="between">The time between them.</param>
    /// <param name="at">When the later one was taken.</param>
    public static TopReport Of(TopologyDescription? before, TopologyDescription now, TimeSpan between, DateTimeOffset at) => new(
        now.Name,
        now.Id,
        now.State,
        at,
        now.Workers.Count(w => w.Pid is not null),
        now.Workers.Sum(w => w.RssBytes),
        [.. now.Components.Select(c => TopComponent.Of(before?.Components.FirstOrDefault(b => b.Id == c.Id), c, before is null ? 0 : between.TotalSeconds))]);
}
