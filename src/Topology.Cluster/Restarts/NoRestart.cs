namespace Topology.Cluster;

/// <summary>Never.</summary>
internal sealed class NoRestart : RestartStrategy
{
    public override RestartDecision Decide(RestartHistory history, DateTimeOffset now, double chance) =>
        Refused(history, $"nothing is started again (setting {RestartSettings.Strategy} is none)");
}
