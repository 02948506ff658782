using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>A topology running in the worker processes of a <see cref="ProcessCluster"/>. All members may be used from any thread, for as long as the cluster lives.</summary>
public sealed class ProcessRun
{
    /// <summary>What <see cref="UntilAsync"/> waits where nothing is said.</summary>
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(60);

    private readonly ProcessCluster _cluster;
    private readonly CancellationToken _end;

    internal ProcessRun(string id, ProcessCluster cluster, CancellationToken end)
    {
        (Id, _cluster, _end) = (id, cluster, end);
        Completion = WaitAsync(IsOver, end);
    }

    /// <summary>The topology's id.</summary>
    public string Id { get; }

    /// <summary>
    /// Ends with the run and its processes: when the spouts are exhausted and all is done (<c>completed</c>), when it is stopped or killed (<c>killed</c>), or when it fails (<c>failed</c>). Cancelled by the end of the cluster where it has none of its own.
    /// </summary>
    public Task<TopologyDescription> Completion { get; }

    /// <summary>All about it, now.</summary>
    public async Task<TopologyDescription> DescribeAsync() => await _cluster.Service.DescribeAsync(Id, _end).ConfigureAwait(false) ?? throw new TopologyException($"The topology {Id} has ended long ago, and was forgotten.");

    /// <summary>The errors recorded so far, oldest first.</summary>
    public async Task<ImmutableArray<ErrorRecord>> ErrorsAsync() => await _cluster.Service.ErrorsAsync(Id, _end).ConfigureAwait(false) ?? [];

    /// <summary>What its workers have logged and printed so far, merged over them in the order of times.</summary>
    public async Task<ImmutableArray<LogLine>> LogsAsync()
    {
        if (await _cluster.Service.LogsAsync(Id, new LogQuery(), _end).ConfigureAwait(false) is not { } lines) return [];
        var read = ImmutableArray.CreateBuilder<LogLine>();
        await foreach (var line in lines.WithCancellation(_end).ConfigureAwait(false)) read.Add(line);
        return read.DrainToImmutable();
    }

    /// <summary>Waits until it is as it should be.</summary>
    /// <param name="condition">Whether it is; asked every 25 ms.</param>
    /// <param name="limit">How long to wait; null for 60 s.</param>
    /// <returns>The description that it is so in.</returns>
    /// <exception cref="TopologyException">By the task: it has ended, and never was so.</exception>
    /// <exception cref="TimeoutException">By the task: it took too long.</exception>
    public async Task<TopologyDescription> UntilAsync(Func<TopologyDescription, bool> condition, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_end);
        var waiting = limit ?? DefaultLimit;
        try
        {
            var last = await WaitAsync(now => condition(now) || IsOver(now), end.Token).WaitAsync(waiting, _end).ConfigureAwait(false);
            return condition(last) ? last : throw new TopologyException($"{last.Name} is {last.State}{(last.Reason is { } reason ? $" ({reason})" : "")}, and was not as it was waited for.");
        }
        catch (TimeoutException)
        {
            var last = await DescribeAsync().ConfigureAwait(false);
            throw new TimeoutException($"{last.Name} is {last.State} after {waiting.TotalSeconds:0.#} s, and not as it was waited for: {string.Join("; ", last.Components.Select(c => c.ToString()).Concat(last.Workers.Select(w => w.ToString())))}");
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Has the spouts asked for tuples again. No effect on a run that is active.</summary>
    public Task ActivateAsync() => CommandAsync(new TopologyCommand.Activate(Id));

    /// <summary>Stops asking the spouts; bolts work off what is there.</summary>
    public Task DeactivateAsync() => CommandAsync(new TopologyCommand.Deactivate(Id));

    /// <summary>Deals it to another number of workers, after what is in flight was worked off. It has them when <see cref="UntilAsync"/> sees them.</summary>
    /// <param name="workers">How many; at least 1.</param>
    public Task RebalanceAsync(int workers) => CommandAsync(new TopologyCommand.Rebalance(Id, workers));

    /// <summary>Ends the spouts, works off what is there, finishes the bolts, and ends the run.</summary>
    /// <param name="drain">How long that may take before the rest is dropped; null for the topology's drain timeout.</param>
    public async Task<TopologyDescription> StopAsync(TimeSpan? drain = null)
    {
        if (IsEnded(await DescribeAsync().ConfigureAwait(false))) return await Completion.ConfigureAwait(false);
        await CommandAsync(new TopologyCommand.Drain(Id, drain)).ConfigureAwait(false);
        var drained = await WaitAsync(now => IsEnded(now) || now is { State: "inactive", Workers.IsEmpty: true }, _end).ConfigureAwait(false);
        return IsEnded(drained) ? await Completion.ConfigureAwait(false) : await KillAsync().ConfigureAwait(false);
    }

    /// <summary>Ends the run without draining.</summary>
    public async Task<TopologyDescription> KillAsync()
    {
        await CommandAsync(new TopologyCommand.Kill(Id)).ConfigureAwait(false);
        return await Completion.ConfigureAwait(false);
    }

    /// <summary>Kills a worker's process as <c>kill -9</c> does. The cluster sees that, and starts another in its place.</summary>
    /// <param name="worker">The worker's number, from 0; it is waited for until it has a process.</param>
    /// <returns>By the task: the id of the process, once it is dead.</returns>
    /// <exception cref="TopologyException">By the task: it has ended, and there is no such worker.</exception>
    public async Task<int> KillWorkerAsync(int worker)
    {
        ProcessIdentity? found = null;
        // What is described may be dead by now, and its id another's.
        await UntilAsync(now => (found = now.Workers.FirstOrDefault(w => w.Id == worker) is { Pid: { } pid } ? OwnProcess(pid) : null) is not null).ConfigureAwait(false);
        await WatchedProcess.Adopt(found!.Value).KillAsync().WaitAsync(_end).ConfigureAwait(false);
        return found.Value.Id;
    }

    private ProcessIdentity? OwnProcess(int pid) =>
        OperatingSystem.IsLinux() ? _cluster.Processes().Cast<ProcessIdentity?>().FirstOrDefault(process => process!.Value.Id == pid) : ProcessIdentity.Of(pid);

    private async Task CommandAsync(TopologyCommand command)
    {
        var outcome = await _cluster.Service.CommandAsync(command, _end).ConfigureAwait(false);
        if (outcome.Verdict != CommandVerdict.Accepted) throw new TopologyException(outcome.Message);
    }

    private async Task<TopologyDescription> WaitAsync(Func<TopologyDescription, bool> condition, CancellationToken cancellation)
    {
        TopologyDescription? last = null;
        await ProcessCluster.UntilAsync(async () => condition(last = await DescribeAsync().ConfigureAwait(false)), cancellation).ConfigureAwait(false);
        return last!;
    }

    private static bool IsOver(TopologyDescription now) => IsEnded(now) && now.Workers.IsEmpty;

    private static bool IsEnded(TopologyDescription now) => now.State is "completed" or "killed" or "failed";
}
