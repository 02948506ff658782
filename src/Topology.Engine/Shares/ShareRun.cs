using System.Collections.Immutable;
using Topology.Messaging;

namespace Topology.Engine;

/// <summary>
/// Runs one worker's share of a topology as a master orders. Members may be called from any thread, and never wait; an order that comes again, too early or too late is harmless.
/// </summary>
/// <remarks>
/// <para>The order of things: <see cref="Links"/> hear from the link thread, which is given the peers of a generation; <see cref="Connect"/>; <see cref="PrepareAsync"/>; when
/// <see cref="IsUp"/> is true, the share is ready. Where the spouts end, <see cref="Finish"/> follows when those of all workers have.</para>
/// <para>When another worker or a link is lost, <see cref="FailPending"/>, and with the next generation <see cref="Connect"/> again. When that happens after <see cref="Finish"/>, this run is
/// disposed, and a new one takes its place.</para>
/// </remarks>
internal sealed class ShareRun : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly PeerLinks _links;
    private readonly bool _isTracked;
    private bool _isStarted;
    private bool _isConnected;
    private long _progressBefore;

    /// <param name="plan">The whole topology.</param>
    /// <param name="options">How it runs; <see cref="WorkerOptions.Share"/> says what of it runs here.</param>
    /// <param name="onLost">Told on the link's thread when a link broke for good, with the generation that it was of.</param>
    /// <exception cref="TopologyException">The share does not go with the plan.</exception>
    public ShareRun(TopologyPlan plan, WorkerOptions options, Action<LinkLost> onLost)
    {
        if (options.Share is null) throw new ArgumentException("A share of a topology is to be run, and the options name none.", nameof(options));
        Worker = new Worker(plan, options);
        _links = new PeerLinks(Worker, onLost);
        _isTracked = plan.Options.Ackers > 0 && plan.Components.Any(c => c.Kind == ComponentKind.Spout && c.IsReliable);
    }

    /// <summary>What runs.</summary>
    public Worker Worker { get; }

    /// <summary>
    /// What the links are to call. They have to call it before the peers of this run's first generation are assigned, and only the run that is the newest.
    /// </summary>
    public ILinkHandler Links => _links;

    /// <summary>Whether <see cref="Connect"/> was called for the present generation, and every other worker has said hello in it.</summary>
    public bool IsUp => _links.IsUp;

    /// <summary>How far it is. Takes microseconds for each executor.</summary>
    public ShareStatus Status
    {
        get
        {
            var phase = Worker.Coordinator.Phase;
            return new ShareStatus
            {
                IsActive = Worker.Coordinator.State == RunState.Active,
                EndedTasks = [.. Worker.Spouts.SelectMany(s => s.Tasks).Where(t => t.IsDone || Worker.Coordinator.HasEndedSpouts).Select(t => t.Plan.Task)],
                Pending = Pending,
                PositionsCommitted = Worker.Coordinator.HasCommitted,
                EndOfStreamPassed = Worker.Coordinator.HasFinished,
                IsCleanedUp = phase == RunPhase.Ended && Worker.Coordinator.HasFinished,
                Progress = Progress - Volatile.Read(ref _progressBefore),
                QueueDepths = Worker.Bolts.GroupBy(b => b.Component).ToImmutableSortedDictionary(group => group.Key, group => group.Sum(b => b.QueueDepth)),
            };
        }
    }

    /// <summary>A reading of the counters now, since the start.</summary>
    public TopologyMetrics Metrics => MetricsReader.Read(Worker);

    /// <summary>The errors recorded so far, oldest first.</summary>
    public ImmutableArray<ErrorReport> Errors => Worker.Errors.Reports;

    /// <summary>Ends when the share has finished and is cleaned up, was stopped, or failed. Never faults.</summary>
    public Task<RunResult> Completion => Worker.Coordinator.Completion;

    private long Pending => Worker.Spouts.Sum(s => s.Pending + s.Outputs.RowsAway) + Worker.Bolts.Sum(b => b.HeldCount + b.Outputs.RowsAway) + new Quiescence(Worker).RowsOnTheWay;

    private long Progress =>
        _isTracked
            ? Worker.Spouts.Sum(s => s.Tasks.Sum(t => Volatile.Read(ref t.Counters.Acked) + t.Position.Writes))
            : Worker.Bolts.Sum(b => b.Tasks.Sum(t => Volatile.Read(ref t.Counters.Executed)));

    /// <summary>Gives the share its ways to the others under a generation. What is still pending of the one before fails, see <see cref="FailPending"/>.</summary>
    /// <param name="outboxes">What the links have assigned: every other worker is among them.</param>
    /// <param name="resources">What the links were made of.</param>
    public void Connect(OutboxTable outboxes, LinkResources resources)
    {
        lock (_lock)
        {
            if (_isConnected) EndGeneration(FailKind.WorkerLost);
            Volatile.Write(ref _progressBefore, Progress);
            _links.Connect(outboxes, resources);
            _isConnected = true;
        }
    }

    /// <summary>
    /// Starts the threads, prepares the bolts and then opens the spouts, which rest until <see cref="SetActive"/>. Once; later calls return the same.
    /// </summary>
    /// <returns>Ends when all are; faults when one threw, or the run ended before.</returns>
    public Task PrepareAsync()
    {
        Start();
        Tell(coordinator => coordinator.RequestPrepare());
        return Worker.Coordinator.Opened;
    }

    /// <summary>Has the spouts asked for tuples, or not. No effect once they have ended.</summary>
    public void SetActive(bool active) => Tell(coordinator => coordinator.SetActive(active));

    /// <summary>
    /// A generation is over. The pending trees of all spouts fail at once, and spouts rest until <see cref="SetActive"/>; what is still said about those trees has no effect. Nothing is sent to the others
    /// or taken from them until <see cref="Connect"/>: who emits to them waits.
    /// </summary>
    /// <param name="cause">Why: a worker was lost, or a link.</param>
    public void FailPending(FailKind cause)
    {
        lock (_lock) EndGeneration(cause);
    }

    /// <summary>Ends the spouts: they emit no more, what is in flight is worked off, and positions are stored.</summary>
    public void EndSpouts() => Tell(coordinator => coordinator.RequestEnd());

    /// <summary>
    /// No spout of any worker emits any more. Each component finishes when it has worked off all that it can still receive from any worker, those upstream first; then all is cleaned up, and the
    /// run ends. The links have to stay until the others have finished too.
    /// </summary>
    public void Finish() => Tell(coordinator => coordinator.RequestFinish());

    /// <summary>Ends the run whatever it does; <c>Finish</c> of bolts is not called where it was not ordered.</summary>
    /// <param name="drain">How long what is on its way may take. <c>Cleanup</c> and <c>Close</c> have <see cref="WorkerOptions.CleanupTime"/> besides.</param>
    public Task<RunResult> StopAsync(TimeSpan drain)
    {
        Start();
        Tell(coordinator => coordinator.RequestStop(drain));
        return Completion;
    }

    /// <summary>Stops without draining.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero).ConfigureAwait(false);
        lock (_lock) _links.Disconnect();
    }

    private void EndGeneration(FailKind cause)
    {
        _isConnected = false;
        _links.Disconnect();
        Tell(coordinator => coordinator.FailPending(cause));
    }

    private void Start()
    {
        lock (_lock)
        {
            if (_isStarted) return;
            _isStarted = true;
            Worker.Start();
        }
    }

    private void Tell(Action<RunCoordinator> order)
    {
        order(Worker.Coordinator);
        Worker.Watchdog.Signal();
    }
}
