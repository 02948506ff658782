using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>
/// A supervisor on a host of its own: keeps worker processes there as the daemon orders, with code that it fetches from it. Workers talk to the daemon themselves, and live on when this ends, for their grace; the next one on the same data directory
/// takes them over. One that has lost the daemon kills them before its lease ends.
/// </summary>
public sealed class HostSupervisor : IAsyncDisposable
{
    private static readonly TimeSpan PulseEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TidyEvery = TimeSpan.FromMinutes(10);

    /// <summary>What workers are told: that they are supervised, and nothing of the daemon.</summary>
    private static readonly DaemonMessage.Pulse Supervised = new(0);

    private readonly HostSupervisorOptions _options;
    private readonly ILogger _log;
    private readonly string _address;
    private readonly string _sockets;
    private readonly string _controlEndpoint;
    private readonly LeaseTimes _lease;
    private readonly NetMQCertificate _keys;
    private readonly UploadStore _uploads;
    private readonly KeptWorkers _kept;
    private readonly CodeFetch _code;
    private readonly ConcurrentDictionary<WorkerKey, HostOrder.Start> _starts = new();
    private readonly SupervisorLoop _loop;
    private readonly ControlServer _workers;
    private readonly ControlDealer _daemon;
    private readonly ITimer _pulse;
    private readonly ITimer _tidying;
    private readonly TaskCompletionSource _isMade = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isDisposed;

    private HostSupervisor(HostSupervisorOptions options, Membership membership)
    {
        (_options, Membership, _lease) = (options, membership, membership.Times());
        _log = options.Loggers.CreateLogger("supervisor");
        _address = options.Address ?? OwnAddress.Towards(membership.Endpoint);
        _sockets = options.SocketFolder ?? SocketFolder.Default;
        _keys = SecretKeyFile.ReadOrCreate(Membership.KeyIn(options.Data.FullPath));
        _uploads = UploadStore.Open(Path.Combine(options.Data.FullPath, "uploads"), time: options.Time);
        _kept = new KeptWorkers(options.Data.FullPath);
        _code = new CodeFetch(_uploads, Send, options.Time);
        _controlEndpoint = SocketFolder.ControlEndpoint(_sockets, $"{membership.Cluster}/{membership.Supervisor}");
        var before = _kept.All.Values.Where(worker => worker.Process is not null).Select(worker => (worker.Key, worker.Process!)).ToArray();
        _loop = new SupervisorLoop(_lease, StartOf, Tell, _isMade.Task, options.Time, _log, isLocal: false, before, Know);
        try
        {
            // What workers say is for the daemon: from here they only hear that they are supervised.
            _workers = new ControlServer(_controlEndpoint, _ => { }, _log);
            _daemon = new ControlDealer(membership.Endpoint, new ControlKeys(_keys, Convert.FromHexString(membership.DaemonKey)), frame => Take(HostOrderCodec.Read(frame)), () => _loop.Post(new SupervisorEvent.MasterConnected()));
        }
        catch
        {
            _isMade.TrySetCanceled();
            _workers?.Dispose();
            _keys.Dispose();
            throw;
        }

        _isMade.SetResult();
        _pulse = options.Time.CreateTimer(_ => Pulse(), null, TimeSpan.Zero, PulseEvery);
        _tidying = options.Time.CreateTimer(_ => Tidy(), null, TidyEvery, TidyEvery);
    }

    /// <summary>What it has joined.</summary>
    public Membership Membership { get; }

    /// <summary>Ends when the daemon has granted it its first lease.</summary>
    public Task Connected => _connected.Task;

    /// <summary>Faults with what broke it.</summary>
    public Task Completion => _loop.Completion;

    /// <summary>Whether the daemon answers and does not know this supervisor's key: it was forgotten, and has to join anew.</summary>
    public bool IsRefused => _daemon.Reach == ControlReach.Refused;

    /// <summary>Starts a supervisor that has joined. It looks for the daemon until it answers, and again whenever it is lost.</summary>
    /// <exception cref="JoinException">The data directory belongs to none.</exception>
    /// <exception cref="TopologyException">What is in the data directory cannot be used, there is no libzmq, or no way to the daemon's host.</exception>
    public static async Task<HostSupervisor> StartAsync(HostSupervisorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ZmqLibrary.Require();
        var membership = Membership.Read(options.Data.FullPath)
            ?? throw new JoinException(JoinProblem.NotJoined, $"The data directory {options.Data.FullPath} belongs to no supervisor: a token is needed to join.");
        return await Task.Run(() => new HostSupervisor(options, membership)).ConfigureAwait(false);
    }

    /// <summary>Ends the supervisor. Workers live on until they are taken over again, or their grace is over.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        await _pulse.DisposeAsync().ConfigureAwait(false);
        await _tidying.DisposeAsync().ConfigureAwait(false);
        await _loop.DisposeAsync().ConfigureAwait(false);
        _daemon.Dispose();
        _workers.Dispose();
        _keys.Dispose();
        SocketFolder.RemoveControl(_controlEndpoint);
    }

    private void Send(HostMessage message) => _daemon.Send(HostMessageCodec.Write(message));

    // On the thread of the control channel.
    private void Take(HostOrder order)
    {
        if (!_isMade.Task.IsCompletedSuccessfully) return;
        switch (order)
        {
            case HostOrder.Start o: Start(o); break;
            case HostOrder.Adopt o: _loop.Post(new SupervisorEvent.AdoptOrdered(o.Worker, o.Process)); break;
            case HostOrder.Kill o:
                _starts.TryRemove(o.Worker, out _);
                _loop.Post(new SupervisorEvent.KillOrdered(o.Worker, o.Process));
                break;
            case HostOrder.Granted o:
                _loop.Post(new SupervisorEvent.LeaseGranted(new DateTimeOffset(Math.Clamp(o.AskedAt, 0, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero)));
                _connected.TrySetResult();
                break;
            case HostOrder.ConnectAgain: _loop.Post(new SupervisorEvent.MasterConnected()); break;
            case HostOrder.Chunk o: _code.Take(o.Upload, o); break;
            case HostOrder.NoChunk o: _code.Take(o.Upload, o); break;
        }
    }

    /// <summary>The order comes again while the code is on its way.</summary>
    private void Start(HostOrder.Start order)
    {
        if (!_starts.TryAdd(order.Worker, order))
        {
            if (UploadId.TryParse(order.Upload, out var known) && _uploads.Contains(known)) _loop.Post(new SupervisorEvent.StartOrdered(order.Worker));
            return;
        }

        if (UploadId.TryParse(order.Upload, out var id)) StartAsync(order.Worker, id);
    }

    private async void StartAsync(WorkerKey worker, UploadId code)
    {
        try
        {
            await _code.FetchAsync(code).ConfigureAwait(false);
            // Unpacked here, since it may take longer than the loop may.
            await Task.Run(() => _uploads.Unpack(code)).ConfigureAwait(false);
            if (_starts.ContainsKey(worker)) _loop.Post(new SupervisorEvent.StartOrdered(worker));
        }
        catch (Exception error) when (error is UploadException or IOException or UnauthorizedAccessException)
        {
            _starts.TryRemove(worker, out _);
            _log.LogError("Worker {Worker} of {Topology} cannot be started for want of its code: {Problem}", worker.Worker, worker.Topology, error.Message);
            Send(new HostMessage.Exited(worker, null, $"its code cannot be had: {error.Message}"));
        }
    }

    // On the thread of the loop, as all that follows but the timers.
    private ProcessStart StartOf(WorkerKey worker)
    {
        if (!_starts.TryGetValue(worker, out var order)) throw new ProcessException("It was not to be started any more.");
        var code = _uploads.Unpack(UploadId.Parse(order.Upload));
        using var keys = new NetMQCertificate();
        var kept = new KeptWorker(worker.Topology, worker.Worker, worker.Incarnation, Convert.ToHexStringLower(keys.PublicKey), order.Upload, 0, "");
        _kept.Put(kept);
        Send(new HostMessage.Starts(new HostedWorker(worker, kept.PublicKey)));
        var logs = new LogFolder(Path.Combine(_options.Data.FullPath, "logs", worker.Topology));
        var name = string.Create(CultureInfo.InvariantCulture, $"worker-{worker.Worker}");
        var arguments = new WorkerArguments(worker, Membership.Supervisor, Membership.Endpoint, _sockets, logs.FullPath, name, order.IsEncrypted ? LinkTransport.Tcp : LinkTransport.Both, _lease.WorkerGrace)
        {
            Address = _address,
            DaemonKey = Membership.DaemonKey,
            Supervisor = _controlEndpoint,
            Code = code,
        };
        return _options.StartOf(arguments.ToArguments(), logs.CurrentFile(name)) with { Secret = keys.SecretKey.ToArray() };
    }

    private void Know(WorkerKey worker, WorkerProcess process)
    {
        try
        {
            _kept.Know(worker, process);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The daemon will have this supervisor look for it after a restart, too.
            _log.LogWarning("That worker {Worker} of {Topology} is process {Pid} could not be kept: {Problem}", worker.Worker, worker.Topology, process.Pid, error.Message);
        }
    }

    // What it tells the master.
    private void Tell(SupervisorAction action)
    {
        switch (action)
        {
            case SupervisorAction.ReportExit exit: Report(exit); break;
            case SupervisorAction.JoinMaster join: Send(new HostMessage.Connect(Environment.MachineName, _options.Slots, Hosted(join.Workers), join.AskedAt.UtcTicks)); break;
            case SupervisorAction.AskLease ask: Send(new HostMessage.AskLease(Hosted(ask.Workers), ask.AskedAt.UtcTicks)); break;
        }
    }

    private ImmutableArray<HostedWorker> Hosted(ImmutableArray<WorkerKey> workers)
    {
        var kept = _kept.All;
        return [.. workers.Where(kept.ContainsKey).Select(worker => new HostedWorker(worker, kept[worker].PublicKey))];
    }

    private void Report(SupervisorAction.ReportExit exit)
    {
        var worker = exit.Worker;
        _starts.TryRemove(worker, out _);
        Send(new HostMessage.Exited(worker, exit.Process, exit.Detail));
        if (_kept.All.TryGetValue(worker, out var kept) && (kept.Process is null || kept.Process == exit.Process)) _kept.Remove(worker);
        if (exit.Process is null) return;
        _log.LogInformation("Worker {Worker} of {Topology}, incarnation {Incarnation}, has ended: {Detail}", worker.Worker, worker.Topology, worker.Incarnation, exit.Detail);
        _workers.Forget(worker);
        IpcEndpoints.Remove(IpcDirectory.Open(_sockets), WorkerLinkSet.NumberOf(worker.Topology), (ulong)worker.Incarnation);
    }

    /// <summary>The end of a login takes the folder of sockets away: new workers could not hear that they are supervised.</summary>
    private void KeepListening()
    {
        if (SocketFolder.Holds(_controlEndpoint)) return;
        try
        {
            SocketFolder.ControlEndpoint(_sockets, $"{Membership.Cluster}/{Membership.Supervisor}");
            _workers.BindAgain();
        }
        catch (TopologyException)
        {
            // It is tried again at the next pulse; workers that are connected go on.
        }
    }

    private void Pulse()
    {
        KeepListening();
        var supervised = _loop.Supervised.ToHashSet();
        foreach (var worker in supervised) _workers.Send(worker, Supervised);
        var kept = _kept.All;
        _workers.ForgetAllBut(worker => supervised.Contains(worker) || kept.ContainsKey(worker));
    }

    private void Tidy()
    {
        try
        {
            _uploads.DeleteUnreferenced(_kept.All.Values.Select(worker => UploadId.Parse(worker.Upload)).Concat(_starts.Values.Select(start => UploadId.Parse(start.Upload))).ToHashSet());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or TopologyException)
        {
            _log.LogWarning("Code that nobody runs any more cannot be deleted: {Problem} It is tried again later", error.Message);
        }
    }
}
