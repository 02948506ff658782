namespace Topology.Cluster;

/// <summary>After the same <paramref name="delay"/> each time.</summary>
internal sealed class FixedDelayRestart(TimeSpan delay, int limit) : RestartStrategy
{
    public override RestartDecision Decide(RestartHistory history, DateTimeOffset now, double chance) =>
        history.WithoutProgress >= limit ? TooMany(history, limit) : After(delay, history);
}
