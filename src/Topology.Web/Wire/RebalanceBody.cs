using System.Collections.Immutable;

namespace Topology.Web;

/// <summary>The body of a rebalance.</summary>
internal sealed record RebalanceBody
{
    /// <summary>How many workers there are to be; null for as many as before.</summary>
    public int? Workers { get; init; }

    /// <summary>How many executors components are to have, by id; null or left out for as many as before.</summary>
    public ImmutableSortedDictionary<string, int>? Executors { get; init; }

    /// <inheritdoc cref="WaitBody.WaitSeconds"/>
    public double? WaitSeconds { get; init; }
}
