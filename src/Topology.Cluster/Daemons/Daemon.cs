using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>
/// A cluster's daemon: the master and this host's supervisor in one process, with the store, the uploads and the channel to the workers; and, where it listens for them, that to the supervisors and workers of other hosts. Workers are processes of their own and live on when it ends, however that happens; the next daemon on the same data
/// directory takes them over.
/// </summary>
public sealed class Daemon : IAsyncDisposable
{
    /// <summary>This host's supervisor. The same over restarts, also where the host's name changes.</summary>
    internal const string LocalHost = "local";

    private static readonly TimeSpan PulseEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TidyEvery = TimeSpan.FromMinutes(10);

    private readonly DaemonOptions _options;
    private readonly ILogger _log;
    private readonly SqliteClusterStore _store;
    private readonly UploadStore _uploads;
    private readonly string _sockets;
    private readonly string _controlEndpoint;
    private readonly ControlServer _control;
    private readonly WorkerStarts _starts;
    private readonly MasterLoop _master;
    private readonly SupervisorLoop _supervisor;
    private readonly JoinedHosts? _hosts;
    private readonly ITimer _pulse;
    private readonly ITimer _tidying;
    private readonly Housekeeping _housekeeping;
    private readonly long _life;
    private readonly ConcurrentDictionary<WorkerKey, string> _failing = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _isMade = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _socketProblem;
    private int _isDisposed;

    private Daemon(DaemonOptions options)
    {
        _options = options;
        var chance = new Random(options.Seed);
        _life = chance.NextInt64(1, long.MaxValue);
        _log = options.Loggers.CreateLogger("daemon");
        _sockets = options.SocketFolder ?? SocketFolder.Default;
        _store = SqliteClusterStore.Open(options.Data);
        try
        {
            _uploads = UploadStore.Open(Path.Combine(options.Data.FullPath, "uploads"), time: options.Time);
            _controlEndpoint = SocketFolder.ControlEndpoint(_sockets, _store.ClusterId);
            _starts = new WorkerStarts(options, _controlEndpoint, _sockets, LocalHost);
            _master = new MasterLoop(options.Master, _store, Do, _isMade.Task, (ulong)chance.NextInt64(), options.Time, _log);
            _supervisor = new SupervisorLoop(options.Master.Lease, worker => _starts.Of(worker, SpecOf(worker.Topology)), Tell, _isMade.Task, options.Time, _log);
            _housekeeping = new Housekeeping(options.Data, _uploads, () => _master.State, _log);
            if (options.Listening is { } listening) _hosts = new JoinedHosts(listening, options, _store, _uploads, _master, Take, Report, options.Loggers.CreateLogger("hosts"));
            // The last: nothing that comes after it can fail and leave its thread behind.
            _control = new ControlServer(_controlEndpoint, Take, _log);
        }
        catch
        {
            _isMade.TrySetCanceled();
            _hosts?.Dispose();
            _store.Dispose();
            throw;
        }

        Service = new ClusterService(options, _store, _uploads, _master, _starts, _hosts, () => _stopped.TrySetResult());
        _isMade.SetResult();
        _pulse = options.Time.CreateTimer(_ => Pulse(), null, TimeSpan.Zero, PulseEvery);
        _tidying = options.Time.CreateTimer(_ => Tidy(), null, TimeSpan.Zero, TidyEvery);
        foreach (var loop in new[] { _master.Completion, _supervisor.Completion })
            _ = loop.ContinueWith(broken => _stopped.TrySetException(broken.Exception!.InnerExceptions), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    /// <summary>What it does for people and programs.</summary>
    public IClusterService Service { get; }

    /// <summary>Ends when somebody has asked it to end, by <see cref="IClusterService.StopAsync"/>, or faults with what broke it. It goes on until it is disposed of.</summary>
    public Task Stopped => _stopped.Task;

    /// <summary>Starts a daemon: takes over the workers that live, and resumes what was active when the last one was taken down.</summary>
    /// <exception cref="StoreException">The store cannot be opened; see its types.</exception>
    /// <exception cref="TopologyException">There is no libzmq, or the folder of sockets is open to others.</exception>
    public static async Task<Daemon> StartAsync(DaemonOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ZmqLibrary.Require();
        var daemon = await Task.Run(() => new Daemon(options)).ConfigureAwait(false);
        try
        {
            // The master hears at once that there are slots: what is resumed needs them.
            daemon._master.Post(new MasterEvent.SupervisorJoined(LocalHost, options.Slots, true, [], options.Time.GetUtcNow()));
            daemon._supervisor.Post(new SupervisorEvent.MasterConnected());
            await daemon._master.AskAsync(new TopologyCommand.ResumeAll()).ConfigureAwait(false);
            return daemon;
        }
        catch
        {
            await daemon.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends the daemon. Workers live on, until they are taken over again or their grace is over.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        await _pulse.DisposeAsync().ConfigureAwait(false);
        await _tidying.DisposeAsync().ConfigureAwait(false);
        await _supervisor.DisposeAsync().ConfigureAwait(false);
        await _master.DisposeAsync().ConfigureAwait(false);
        _hosts?.Dispose();
        _store.Dispose();
        _control.Dispose();
        SocketFolder.RemoveControl(_controlEndpoint);
    }

    private TopologySpec? SpecOf(string topology) => _master.State.Topologies.GetValueOrDefault(topology)?.Entry.Spec;

    private void Pulse()
    {
        KeepListening();
        var supervised = _supervisor.Supervised.ToHashSet();
        foreach (var worker in supervised) Pulse(worker);
        // What a worker said that was read after its end.
        _control.ForgetAllBut(worker => supervised.Contains(worker) || StatusOf(worker) is not null);
        foreach (var worker in _failing.Keys.Where(worker => !supervised.Contains(worker) && StatusOf(worker) is null or { Phase: WorkerPhase.Gone })) _failing.TryRemove(worker, out _);
        _hosts?.Pulse(LifeFor);
    }

    private void Tidy()
    {
        _housekeeping.Tidy();
        _ = _hosts?.TidyAsync();
    }

    /// <summary>The end of a login takes the folder of sockets away: workers that are connected go on, and new ones could not reach the daemon.</summary>
    private void KeepListening()
    {
        if (SocketFolder.Holds(_controlEndpoint)) return;
        try
        {
            SocketFolder.ControlEndpoint(_sockets, _store.ClusterId);
            _control.BindAgain();
            _socketProblem = null;
        }
        catch (TopologyException error)
        {
            if (_socketProblem != error.Message) _log.LogWarning("The folder of sockets was taken away, and cannot be made again: {Problem} It is tried each second; workers that run go on", error.Message);
            _socketProblem = error.Message;
        }
    }

    /// <summary>A worker whose announcement is not kept yet is told of no life, so that it announces itself again.</summary>
    private void Pulse(WorkerKey worker) => _control.Send(worker, new DaemonMessage.Pulse(LifeFor(worker)));

    private long LifeFor(WorkerKey worker) => StatusOf(worker) is { Phase: WorkerPhase.Connected } ? _life : 0;

    private void Send(WorkerKey worker, DaemonMessage message)
    {
        if (_hosts is null || !_hosts.TrySend(worker, message)) _control.Send(worker, message);
    }

    private WorkerStatus? StatusOf(WorkerKey key) =>
        _master.State.Topologies.TryGetValue(key.Topology, out var topology) && topology.Workers.TryGetValue(key.Worker, out var worker) && worker.Entry.Incarnation == key.Incarnation ? worker : null;

    // On the thread of the control channel.
    private void Take(WorkerMessage message)
    {
        // What comes before all is there comes again.
        if (!_isMade.Task.IsCompletedSuccessfully) return;
        var worker = message.Worker;
        switch (message)
        {
            case WorkerMessage.Announce m:
                _master.Post(new MasterEvent.WorkerAnnounced(worker, m.Host, m.Process, m.Endpoint, m.ReadyGeneration));
                break;
            case WorkerMessage.Ready m: _master.Post(new MasterEvent.WorkerReady(worker, m.Generation)); break;
            case WorkerMessage.Reported m: _master.Post(new MasterEvent.WorkerReported(worker, m.Report)); break;
            case WorkerMessage.LostLink m: _master.Post(new MasterEvent.LinkLost(worker.Topology, m.Generation, m.Peer, worker.Worker)); break;
            case WorkerMessage.Failing m: _failing[worker] = m.Reason; break;
            case WorkerMessage.BuiltOther m: Compare(m); break;
            case WorkerMessage.Error m: Keep(m); break;
            case WorkerMessage.CommitPosition m: Commit(m); break;
            case WorkerMessage.ReadPosition m: Read(m); break;
        }
    }

    /// <summary>Where its plan differs says more than that it does.</summary>
    private void Compare(WorkerMessage.BuiltOther m)
    {
        if (SpecOf(m.Worker.Topology)?.Plan.Text is { IsDefaultOrEmpty: false } text && PlanText.Explain(m.Plan, text) is { } difference) _failing[m.Worker] = difference;
    }

    private async void Keep(WorkerMessage.Error m)
    {
        try
        {
            await _store.WriteAsync(writer =>
            {
                writer.AddError(ErrorRecord.Once(m.Worker.Topology, m.Component, m.Task, m.Message, m.Detail, m.At));
                return true;
            }).ConfigureAwait(false);
        }
        catch (Exception error) when (error is StoreException or ArgumentException or ObjectDisposedException)
        {
            _log.LogWarning("An error of {Component} could not be kept, but is in its worker's log: {Problem}", m.Component, error.Message);
        }
    }

    private async void Commit(WorkerMessage.CommitPosition m)
    {
        var commit = new PositionCommit(m.Worker.Topology, m.Generation, m.Worker.Incarnation, m.Component, m.Task, m.Sequence, m.Payload);
        try
        {
            var outcome = await WorkerPositions.CommitAsync(_store, commit).ConfigureAwait(false);
            Send(m.Worker, new DaemonMessage.PositionCommitted(m.Request, outcome));
        }
        catch (Exception error) when (error is StoreException or ArgumentException or ObjectDisposedException)
        {
            Send(m.Worker, new DaemonMessage.RequestFailed(m.Request, error.Message));
        }
    }

    private void Read(WorkerMessage.ReadPosition m)
    {
        try
        {
            var position = WorkerPositions.Read(_store, m.Worker.Topology, m.Component, m.Task);
            Send(m.Worker, position is { } stored
                ? new DaemonMessage.PositionRead(m.Request, stored.Incarnation, stored.Position.Number, stored.Position.Payload)
                : new DaemonMessage.PositionRead(m.Request, 0, 0, default));
        }
        catch (Exception error) when (error is StoreException or ArgumentException or ObjectDisposedException)
        {
            Send(m.Worker, new DaemonMessage.RequestFailed(m.Request, error.Message));
        }
    }

    // What this host's supervisor tells the master.
    private void Tell(SupervisorAction action)
    {
        switch (action)
        {
            case SupervisorAction.ReportExit exit: Report(exit); break;
            case SupervisorAction.JoinMaster join: _master.Post(new MasterEvent.SupervisorJoined(LocalHost, _options.Slots, true, join.Workers, join.AskedAt)); break;
            case SupervisorAction.AskLease ask: _master.Post(new MasterEvent.LeaseAsked(LocalHost, ask.Workers, ask.AskedAt)); break;
        }
    }

    private void Report(SupervisorAction.ReportExit exit)
    {
        var worker = exit.Worker;
        // What it said before it ended says more than how it ended.
        var detail = _failing.TryRemove(worker, out var reason) ? reason : exit.Detail;
        _master.Post(new MasterEvent.WorkerExited(worker, exit.Process, detail));
        if (exit.Process is null) return;
        _log.LogInformation("Worker {Worker} of {Topology}, incarnation {Incarnation}, has ended: {Detail}", worker.Worker, worker.Topology, worker.Incarnation, detail);
        _control.Forget(worker);
        RemoveSockets(worker);
    }

    private void RemoveSockets(WorkerKey worker)
    {
        try
        {
            IpcEndpoints.Remove(IpcDirectory.Open(_sockets), WorkerLinkSet.NumberOf(worker.Topology), (ulong)worker.Incarnation);
        }
        catch (Exception error) when (error is TopologyException or UnauthorizedAccessException)
        {
            // They are in nobody's way: the next incarnation has others.
            _log.LogWarning("The sockets of worker {Worker} of {Topology} are left: {Problem}", worker.Worker, worker.Topology, error.Message);
        }
    }

    // What the master wants done.
    private void Do(MasterAction action)
    {
        switch (action)
        {
            case MasterAction.Answer a: _master.Answer(a); break;
            case MasterAction.StartWorker a: Order(a.Host, new SupervisorEvent.StartOrdered(a.Worker)); break;
            case MasterAction.AdoptWorker a: Order(a.Host, new SupervisorEvent.AdoptOrdered(a.Worker, a.Process)); break;
            case MasterAction.KillWorker a when _options.KillsWorkers: Order(a.Host, new SupervisorEvent.KillOrdered(a.Worker, a.Process)); break;
            case MasterAction.GrantLease a: Order(a.Supervisor, new SupervisorEvent.LeaseGranted(a.AskedAt)); break;
            case MasterAction.AskToJoin a: Order(a.Supervisor, new SupervisorEvent.MasterConnected()); break;
            case MasterAction.EndWorker a when _options.KillsWorkers: Send(a.Worker, new DaemonMessage.End()); break;
            case MasterAction.FailPendingTrees a: Send(a.Worker, new DaemonMessage.FailPending(a.Generation, a.Cause)); break;
            case MasterAction.SetSpouts a: Send(a.Worker, new DaemonMessage.SetSpouts(a.Generation, a.Active)); break;
            case MasterAction.DrainSpouts a: Send(a.Worker, new DaemonMessage.DrainSpouts(a.Generation)); break;
            case MasterAction.FinishWorker a: Send(a.Worker, new DaemonMessage.Finish(a.Generation)); break;
            case MasterAction.DeployWorker a: Deploy(a); break;
        }
    }

    private void Order(string supervisor, SupervisorEvent order)
    {
        if (supervisor == LocalHost) _supervisor.Post(order);
        else if (OrderOf(order) is { } remote) _hosts?.Send(supervisor, remote);
    }

    /// <summary>What a supervisor of another host is told; null where there is no sense in it.</summary>
    private HostOrder? OrderOf(SupervisorEvent order) => order switch
    {
        SupervisorEvent.StartOrdered e => SpecOf(e.Worker.Topology) is { } spec ? new HostOrder.Start(e.Worker, spec.Upload, ClusterSettings.AreLinksEncrypted(spec.Settings)) : null,
        SupervisorEvent.AdoptOrdered e => new HostOrder.Adopt(e.Worker, e.Process),
        SupervisorEvent.KillOrdered e => new HostOrder.Kill(e.Worker, e.Process),
        SupervisorEvent.LeaseGranted e => new HostOrder.Granted(e.AskedAt.Ticks),
        SupervisorEvent.MasterConnected => new HostOrder.ConnectAgain(),
        _ => null,
    };

    private void Deploy(MasterAction.DeployWorker deploy)
    {
        if (SpecOf(deploy.Worker.Topology) is not { } spec) return;
        var folder = _uploads.Unpack(UploadId.Parse(spec.Upload));
        var assembly = TopologyManifest.Read(folder).Assembly;
        // Workers of other hosts have a copy.
        if (StatusOf(deploy.Worker)?.Entry.Host == LocalHost) assembly = Path.Combine(folder, assembly);
        var code = new TopologyCode(assembly, spec.Class, spec.Name, ClusterSettings.WithoutThem(spec.Settings));
        var endpoints = deploy.Endpoints.ToImmutableSortedDictionary(e => e.Key, e => _options.LinksLeadTo(e.Value));
        Send(deploy.Worker, new DaemonMessage.Deploy(deploy.Assignment, endpoints, code));
    }
}
