using System.Globalization;

namespace Topology.Cluster;

/// <summary>Workers that have been waited for in vain: silent ones, whose process may be stopped, and those that do not start or do not become ready.</summary>
internal static class Overdue
{
    public static TopologyStatus Run(MasterTurn turn, TopologyStatus topology)
    {
        if (topology.HasEnded) return topology;
        foreach (var worker in topology.Workers.Values)
        {
            // The losses before may have ended it.
            if (!topology.HasEnded && What(turn, topology, worker) is { } what)
                topology = Losses.Missing(turn, topology, topology.Workers[worker.Number], $"worker {worker.Number} on {worker.Entry.Host} {what}");
        }

        return topology;
    }

    private static string? What(MasterTurn turn, TopologyStatus topology, WorkerStatus worker) => worker.Phase switch
    {
        WorkerPhase.Connected when turn.Now - worker.HeardAt > turn.Options.SilentAfter => $"was silent for {Seconds(turn.Options.SilentAfter)}",
        WorkerPhase.Connected when IsUnready(topology, worker) && turn.Now - worker.DeployedAt > turn.Options.StartTimeout => $"was not ready within {Seconds(turn.Options.StartTimeout)}",
        WorkerPhase.Starting when turn.Now - worker.Since > turn.Options.StartTimeout => $"did not announce itself within {Seconds(turn.Options.StartTimeout)}",
        // Of a host that is away, nothing can be expected before its lease ends.
        WorkerPhase.Unknown when turn.Now - worker.Since > turn.Options.StartTimeout && Places.HasJoined(turn.State, worker.Entry.Host) => $"did not come back within {Seconds(turn.Options.StartTimeout)}",
        _ => null,
    };

    private static bool IsUnready(TopologyStatus topology, WorkerStatus worker) =>
        worker.DeployedGeneration == topology.Entry.Generation && worker.ReadyGeneration < topology.Entry.Generation;

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds} s");
}
