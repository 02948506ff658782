namespace Topology.Cluster;

/// <summary>
/// At once at first, then after <paramref name="delay"/>, doubling up to <paramref name="longest"/>; progress begins anew. Delays vary by the share <paramref name="jitter"/> to both sides, so that
/// topologies that failed together do not all come back together, and stay within <paramref name="longest"/>.
/// </summary>
internal sealed class ExponentialRestart(TimeSpan delay, TimeSpan longest, double jitter, int limit) : RestartStrategy
{
    public override RestartDecision Decide(RestartHistory history, DateTimeOffset now, double chance)
    {
        var made = history.WithoutProgress;
        if (made >= limit) return TooMany(history, limit);
        if (made == 0) return After(TimeSpan.Zero, history);
        // 2^40 × 1 ms is longer than any limit on a duration: beyond that there is nothing to double.
        var doubled = Math.Min(delay.TotalMilliseconds * Math.Pow(2, Math.Min(made - 1, 40)), longest.TotalMilliseconds);
        var varied = doubled * (1 + (jitter * ((2 * chance) - 1)));
        return After(TimeSpan.FromMilliseconds(Math.Min(varied, longest.TotalMilliseconds)), history);
    }
}
