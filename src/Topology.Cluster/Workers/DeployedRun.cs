using System.Collections.Immutable;
using Topology.Engine;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>The share that a worker runs, and how far the worker is with it.</summary>
/// <param name="run">What runs it.</param>
/// <param name="assignment">The assignment that its share was read from.</param>
internal sealed class DeployedRun(ShareRun run, Assignment assignment)
{
    public ShareRun Run => run;

    public Assignment Assignment => assignment;

    /// <summary>The generation that it is connected in.</summary>
    public long Generation { get; private set; }

    /// <summary>Preparing and opening; null before.</summary>
    public Task? Preparation { get; private set; }

    /// <summary>Whether its spouts were told to end, or its bolts to finish: it cannot go on in another generation.</summary>
    public bool IsEnding { get; private set; }

    public bool IsReady => Preparation is { IsCompletedSuccessfully: true } && run.IsUp;

    /// <summary>What it waits for, for people.</summary>
    public string Missing => Preparation is { IsCompleted: true } ? "the other workers to say hello" : "Prepare of its bolts and Open of its spouts to return";

    public void Begin(long generation)
    {
        Generation = generation;
        Preparation ??= run.PrepareAsync();
    }

    public void EndSpouts()
    {
        IsEnding = true;
        run.EndSpouts();
    }

    public void Finish()
    {
        IsEnding = true;
        run.Finish();
    }

    public ImmutableSortedDictionary<string, long> Counters() => WorkerCounters.Of(run.Metrics, LatencyReader.Read(run.Worker));

    public WorkerReport Report(long sequence, ImmutableSortedDictionary<string, long> counters, IReadOnlyList<LinkCounters> links)
    {
        var status = run.Status;
        return new WorkerReport(Generation, sequence, counters)
        {
            IsActive = status.IsActive,
            EndedTasks = status.EndedTasks,
            Pending = status.Pending,
            PositionsCommitted = status.PositionsCommitted,
            EndOfStreamPassed = status.EndOfStreamPassed,
            IsCleanedUp = status.IsCleanedUp,
            Progress = status.Progress,
            RssBytes = Environment.WorkingSet,
            Uptime = ProcessIdentity.Current.Measure()?.Uptime ?? TimeSpan.Zero,
            QueueDepths = status.QueueDepths,
            Links = [.. links.Select(l => new LinkReport((int)l.To, l.BytesSent, l.FramesSent, l.Reconnects))],
        };
    }
}
