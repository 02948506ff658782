using System.Collections.Immutable;
using System.Globalization;

namespace Topology.Cluster;

/// <summary>
/// After <paramref name="delay"/>, as long as there are at most <paramref name="most"/> failures within any <paramref name="interval"/>, whether there is progress between them or not: the failure
/// after those is not forgiven. One that lies exactly an interval back no longer counts.
/// </summary>
internal sealed class FailureRateRestart(int most, TimeSpan interval, TimeSpan delay) : RestartStrategy
{
    public override RestartDecision Decide(RestartHistory history, DateTimeOffset now, double chance)
    {
        ImmutableArray<DateTimeOffset> recent = [.. history.Recent.Where(at => now - at < interval), now];
        return recent.Length > most
            ? Refused(history, string.Create(CultureInfo.InvariantCulture, $"it failed more than {most} times within {SettingText.Format(interval)} (setting {RestartSettings.MaxFailures})"))
            : After(delay, history with { Recent = recent });
    }
}
