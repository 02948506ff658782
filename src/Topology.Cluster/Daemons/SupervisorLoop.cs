using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Topology.Cluster;

/// <summary>Drives a <see cref="Supervisor"/>: takes events one after the other, and starts, watches and kills processes as it says. Workers live on when it ends.</summary>
internal sealed class SupervisorLoop : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Supervisor _supervisor;
    private readonly Func<WorkerKey, ProcessStart> _startOf;
    private readonly Action<SupervisorAction> _tell;
    private readonly Task _begin;
    private readonly TimeProvider _time;
    private readonly LeaseClock _clock;
    private readonly ILogger _log;
    private readonly Channel<SupervisorEvent> _events = Channel.CreateUnbounded<SupervisorEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<(WorkerKey Worker, WorkerProcess Process), WatchedProcess> _watched = [];
    private readonly IReadOnlyList<(WorkerKey Key, WorkerProcess Process)> _before;
    private readonly Action<WorkerKey, WorkerProcess> _started;
    private readonly Task _running;
    private SupervisorState _state;

    /// <param name="times">The times that the cluster shares.</param>
    /// <param name="startOf">How a worker's process is started.</param>
    /// <param name="tell">Told what is for the master; called on one thread at a time.</param>
    /// <param name="begin">Ends when those that it calls are there; nothing is handled before.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where starts and ends of processes are told.</param>
    /// <param name="isLocal">Whether the master is in this process, so that there is no lease.</param>
    /// <param name="workers">The workers that it had started before and that may be alive.</param>
    /// <param name="started">Told which process a worker is that was just started; null for nobody.</param>
    public SupervisorLoop(
        LeaseTimes times,
        Func<WorkerKey, ProcessStart> startOf,
        Action<SupervisorAction> tell,
        Task begin,
        TimeProvider time,
        ILogger log,
        bool isLocal = true,
        IReadOnlyList<(WorkerKey Key, WorkerProcess Process)>? workers = null,
        Action<WorkerKey, WorkerProcess>? started = null)
    {
        (_supervisor, _startOf, _tell, _begin, _time, _log) = (new Supervisor(times), startOf, tell, begin, time, log);
        (_clock, _before, _started) = (new LeaseClock(time), workers ?? [], started ?? ((_, _) => { }));
        _state = Supervisor.Begin(_before, isLocal, _clock.Now);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Ends with the loop; faults with what broke it.</summary>
    public Task Completion => _running;

    /// <summary>The workers that are supervised now. Legal from any thread.</summary>
    public IEnumerable<WorkerKey> Supervised => _supervisor.Supervised(Volatile.Read(ref _state), _clock.Now);

    /// <summary>Something happened. Legal from any thread; after the end it has no effect.</summary>
    public void Post(SupervisorEvent @event) => _events.Writer.TryWrite(@event);

    public async ValueTask DisposeAsync()
    {
        _events.Writer.TryComplete();
        await _running.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        await _begin.ConfigureAwait(false);
        foreach (var (worker, process) in _before) Watch(worker, process);
        while (await WaitAsync().ConfigureAwait(false))
        {
            if (!_events.Reader.TryRead(out var @event)) @event = new SupervisorEvent.Tick();
            var step = _supervisor.Handle(_state, @event, _clock.Now);
            Volatile.Write(ref _state, step.State);
            foreach (var action in step.Actions) Do(action);
        }
    }

    private async Task<bool> WaitAsync()
    {
        try
        {
            return await _events.Reader.WaitToReadAsync().AsTask().WaitAsync(LookEvery, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return true;
        }
    }

    private void Do(SupervisorAction action)
    {
        try
        {
            switch (action)
            {
                case SupervisorAction.StartProcess start: Start(start.Worker); break;
                case SupervisorAction.WatchProcess watch: Watch(watch.Worker, watch.Process); break;
                case SupervisorAction.KillProcess kill: Kill(kill.Worker, kill.Process); break;
                default: _tell(action); break;
            }
        }
        catch (Exception error)
        {
            // Whatever it was, the other workers are still to be kept; what had no effect is ordered again.
            _log.LogError(error, "{Action} was not done: {Problem}", action.GetType().Name, error.Message);
        }
    }

    private void Start(WorkerKey worker)
    {
        try
        {
            var process = ProcessLauncher.Start(_startOf(worker));
            var known = new WorkerProcess(process.Identity.Id, process.Identity.ToString());
            _log.LogInformation("Worker {Worker} of {Topology}, incarnation {Incarnation}, is process {Pid}", worker.Worker, worker.Topology, worker.Incarnation, known.Pid);
            Watch(worker, known, process);
            Post(new SupervisorEvent.ProcessStarted(worker, known));
            _started(worker, known);
        }
        catch (Exception error) when (error is TopologyException or IOException or UnauthorizedAccessException)
        {
            _log.LogError(error, "Worker {Worker} of {Topology} cannot be started: {Problem}", worker.Worker, worker.Topology, error.Message);
            Post(new SupervisorEvent.StartFailed(worker, error.Message));
        }
    }

    private WatchedProcess? Watch(WorkerKey worker, WorkerProcess process)
    {
        // One that is dead has been reported as such; whoever asks again did not hear it, and is told again.
        if (_watched.TryGetValue((worker, process), out var known) && !known.Exited.IsCompleted) return known;
        if (!ProcessIdentity.TryParse(process.Start, out var identity) || identity.Id != process.Pid)
        {
            Post(new SupervisorEvent.ProcessExited(worker, process, "it is no process of this host"));
            return null;
        }

        var watched = WatchedProcess.Adopt(identity);
        Watch(worker, process, watched);
        return watched;
    }

    private void Watch(WorkerKey worker, WorkerProcess process, WatchedProcess watched)
    {
        foreach (var gone in _watched.Where(w => w.Value.Exited.IsCompleted).Select(w => w.Key).ToArray()) _watched.Remove(gone);
        _watched[(worker, process)] = watched;
        _ = watched.Exited.ContinueWith(
            exited => Post(new SupervisorEvent.ProcessExited(worker, process, exited.Result.ToString())),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private void Kill(WorkerKey worker, WorkerProcess process)
    {
        // A process that is dead already is reported as ended by its watch.
        if (Watch(worker, process) is { } watched && watched.Send(ProcessSignal.Kill)) _log.LogInformation("Killed worker {Worker} of {Topology}, process {Pid}", worker.Worker, worker.Topology, process.Pid);
    }
}
