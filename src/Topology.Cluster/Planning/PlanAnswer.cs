using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>What a planning process found: an outline, or errors.</summary>
internal sealed record PlanAnswer
{
    /// <summary>What people call the topology.</summary>
    public string Name { get; init; } = "";

    /// <summary>How many workers its settings ask for.</summary>
    public int Workers { get; init; }

    /// <summary>The outline; null where there are errors.</summary>
    public PlanOutline? Outline { get; init; }

    /// <summary>Everything that is wrong, a line each.</summary>
    public ImmutableArray<string> Errors { get; init; } = [];
}
