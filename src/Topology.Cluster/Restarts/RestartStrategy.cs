namespace Topology.Cluster;

/// <summary>
/// Whether and when a topology that lost a worker or a link is started again. A strategy has no state of its own: what it remembers is handed to it, time and chance are too. Failures that
/// come together, before what they broke is replaced, are one to it.
/// </summary>
internal abstract class RestartStrategy
{
    /// <param name="history">What was remembered of earlier failures.</param>
    /// <param name="now">When the failure was.</param>
    /// <param name="chance">A number from 0 up to 1, drawn for this decision.</param>
    public abstract RestartDecision Decide(RestartHistory history, DateTimeOffset now, double chance);

    /// <summary>A restart after a delay, counted as one without progress until there is some.</summary>
    protected static RestartDecision After(TimeSpan delay, RestartHistory history) =>
        new(delay, null, history with { WithoutProgress = history.WithoutProgress + 1 });

    protected static RestartDecision Refused(RestartHistory history, string reason) => new(null, reason, history);

    protected static RestartDecision TooMany(RestartHistory history, int limit) =>
        Refused(history, $"it was started again {limit} times without an acked tuple or a committed position (setting {RestartSettings.Limit})");
}
