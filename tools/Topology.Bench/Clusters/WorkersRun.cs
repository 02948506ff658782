using System.Diagnostics;
using Topology.Cluster;

namespace Topology.Bench;

/// <summary>A topology in worker processes, and the board that they count on.</summary>
internal sealed class WorkersRun(BenchCluster cluster, string id, Board board) : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>What its processes count.</summary>
    public Board Board => board;

    /// <summary>What the daemon says of it.</summary>
    public async Task<TopologyDescription> DescribeAsync() => await cluster.Service.DescribeAsync(id).ConfigureAwait(false) ?? throw new BenchException("the daemon has lost the topology");

    /// <summary>Waits for something that the daemon says.</summary>
    /// <exception cref="BenchException">It did not come, or the topology failed.</exception>
    public async Task<TopologyDescription> UntilAsync(Func<TopologyDescription, bool> condition, string what)
    {
        for (var since = Stopwatch.GetTimestamp(); ;)
        {
            var description = await DescribeAsync().ConfigureAwait(false);
            if (condition(description)) return description;
            if (description.State == "failed") throw new BenchException($"the topology failed: {description.Reason}\n{cluster.Warnings()}");
            if (Stopwatch.GetElapsedTime(since) > Limit) throw new BenchException($"waited in vain for {what}; the topology is {description.State}\n{cluster.Warnings()}");
            await Task.Delay(1).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for something that the board shows.</summary>
    /// <exception cref="BenchException">It did not come.</exception>
    public async Task UntilAsync(Func<RunCounters, bool> condition, string what)
    {
        for (var since = Stopwatch.GetTimestamp(); !condition(board.Counters);)
        {
            if (Stopwatch.GetElapsedTime(since) > Limit) throw new BenchException($"waited in vain for {what}: {board.Counters.Tracked.Count:N0} trees emitted, {board.Counters.Acked.Count:N0} acked, {board.Counters.Failed.Count:N0} failed\n{cluster.Warnings()}");
            await Task.Delay(1).ConfigureAwait(false);
        }
    }

    /// <summary>Has the spouts emit.</summary>
    public async Task ActivateAsync()
    {
        await UntilAsync(d => d.State is "active" or "inactive", "the start").ConfigureAwait(false);
        await cluster.Service.CommandAsync(new TopologyCommand.Activate(id)).ConfigureAwait(false);
        await UntilAsync(d => d.State == "active", "its activation").ConfigureAwait(false);
    }

    /// <summary>Has the spouts rest, and waits until nothing is on its way.</summary>
    public async Task DeactivateAsync()
    {
        await UntilAsync(d => d.State is "active" or "inactive", "the start").ConfigureAwait(false);
        await cluster.Service.CommandAsync(new TopologyCommand.Deactivate(id)).ConfigureAwait(false);
        await UntilAsync(d => d.State == "inactive", "its deactivation").ConfigureAwait(false);
        await DrainAsync().ConfigureAwait(false);
    }

    /// <summary>Waits until nothing is on its way, once nothing is emitted any more.</summary>
    public async Task DrainAsync()
    {
        // A spout that has just been told to rest may be within a call; all it emits there is counted when that has returned.
        for (var tracked = -1L; tracked != board.Counters.Tracked.Count;)
        {
            tracked = board.Counters.Tracked.Count;
            await UntilAsync(c => c.Acked.Count + c.Failed.Count == c.Tracked.Count, "the trees that are pending").ConfigureAwait(false);
            await Task.Delay(20).ConfigureAwait(false);
        }
    }

    /// <summary>The resident memory of its workers together, in bytes.</summary>
    public async Task<long> MemoryAsync() => (await ProcessesAsync().ConfigureAwait(false)).Sum(process => process.Measure()?.ResidentBytes ?? 0);

    /// <summary>The processes of its workers, by number, once all of them run.</summary>
    public async Task<ProcessIdentity[]> ProcessesAsync()
    {
        var description = await UntilAsync(d => d.State is "active" or "inactive" && d.Workers.All(worker => worker.Pid is not null), "its workers").ConfigureAwait(false);
        return [.. description.Workers.Select(worker => ProcessIdentity.Of(worker.Pid!.Value) ?? throw new BenchException($"worker {worker.Id} is dead"))];
    }

    /// <summary>How many frames each worker has sent, by its number, as of the last reports.</summary>
    public async Task<Dictionary<int, long>> FramesAsync() =>
        (await DescribeAsync().ConfigureAwait(false)).Links.GroupBy(link => link.From).ToDictionary(links => links.Key, links => links.Sum(link => link.Frames));

    /// <summary>The share of tuples that go to another process; known where every worker has one executor.</summary>
    /// <exception cref="BenchException">It is not so.</exception>
    public async Task<double> CrossingShareAsync()
    {
        // Workers differ by at most one executor, so where there are as many of both, each has one.
        var description = await DescribeAsync().ConfigureAwait(false);
        return description.Components.Sum(component => component.Executors) == description.Workers.Length ? 1 : throw new BenchException("some workers have several executors");
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        await cluster.Service.CommandAsync(new TopologyCommand.Kill(id)).ConfigureAwait(false);
        await UntilAsync(d => d.Workers.All(worker => worker.Pid is null), "the end of its workers").ConfigureAwait(false);
        board.Dispose();
    }
}
