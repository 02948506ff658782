using System.Text.Json.Serialization;
using Topology.Cluster;

namespace Topology.Cli;

/// <summary>What a component does now.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind"><c>spout</c> or <c>bolt</c>.</param>
/// <param name="Executors">How many executors run it.</param>
/// <param name="EmittedPerSecond">Tuples; this rate and the next two are no number after a first look, which is never shown as JSON.</param>
/// <param name="ExecutedPerSecond">Tuples; 0 for a spout.</param>
/// <param name="AckedPerSecond">A spout's trees, a bolt's tuples.</param>
/// <param name="Failed">All that have failed.</param>
/// <param name="Capacity">The busy share of the last 10 to 20 seconds, 0 to 1.</param>
/// <param name="QueueDepth">Tuples that wait in front of it.</param>
/// <param name="P99Us">99 in 100 took at most so many microseconds: a spout's trees until they were acked, a bolt's calls.</param>
internal sealed record TopComponent(
    string Id,
    string Kind,
    int Executors,
    double EmittedPerSecond,
    double ExecutedPerSecond,
    double AckedPerSecond,
    long Failed,
    double Capacity,
    long QueueDepth,
    double P99Us)
{
    [JsonIgnore]
    public bool IsSpout => Kind == "spout";

    public static TopComponent Of(ComponentDescription? before, ComponentDescription now, double seconds)
    {
        return new TopComponent(
            now.Id,
            now.Kind,
            now.Executors,
            Rate(c => c.Emitted),
            Rate(c => c.Executed),
            Rate(c => c.Acked),
            now.Failed,
            now.Capacity,
            now.QueueDepth,
            now.Kind == "spout" ? now.CompleteP99Us : now.ExecuteP99Us);

        double Rate(Func<ComponentDescription, long> counter) => seconds <= 0 ? double.NaN : before is null ? 0 : Math.Round(Math.Max(0, counter(now) - counter(before)) / seconds, 1);
    }
}
