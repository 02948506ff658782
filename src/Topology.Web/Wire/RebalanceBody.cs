namespace Topology.Web;

/// <summary>The body of a rebalance.</summary>
internal sealed record RebalanceBody
{
    /// <summary>How many workers there are to be; null for as many as before.</summary>
    public int? Workers { get; init; }

    /// <inheritdoc cref="WaitBody.WaitSeconds"/>
    public double? WaitSeconds { get; init; }
}
