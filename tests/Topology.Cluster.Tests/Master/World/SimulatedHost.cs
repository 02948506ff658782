namespace Topology.Cluster.Tests;

/// <summary>A host of a simulation: its supervisor, which may die and come back, and the system that runs its processes.</summary>
internal sealed class SimulatedHost(SimulatedWorld world, string name, bool isLocal)
{
    private readonly Supervisor _supervisor = new(world.Broken == BrokenRule.SupervisorsOutliveTheirLease ? new LeaseTimes(TimeSpan.FromHours(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1)) : world.Times);
    private readonly Dictionary<WorkerKey, WorkerProcess> _records = [];
    private SupervisorState? _state;
    private int _life;

    public string Name => name;

    public bool IsUp => _state is not null;

    /// <summary>Whether it tells a worker that it is supervised.</summary>
    public bool Supervises(WorkerKey worker) => _state is not null && _supervisor.Supervised(_state, world.Now).Contains(worker);

    public DateTimeOffset CutOffUntil { get; set; }

    public void Start()
    {
        _life++;
        _state = Supervisor.Begin(_records.Where(r => world.Find(name, r.Value)?.IsAlive == true).Select(r => (r.Key, r.Value)), isLocal, world.Now);
        Handle(new SupervisorEvent.MasterConnected());
        Tick(_life);
    }

    public void Crash() => _state = null;

    public void Handle(SupervisorEvent @event)
    {
        if (_state is null) return;
        var step = _supervisor.Handle(_state, @event, world.Now);
        _state = step.State;
        if (@event is SupervisorEvent.ProcessStarted started) _records[started.Worker] = started.Process;
        foreach (var action in step.Actions) Do(action);
    }

    /// <summary>Tells the supervisor something of this life of it; a later one does not hear it.</summary>
    public void Later(int milliseconds, SupervisorEvent @event)
    {
        var life = _life;
        world.After(milliseconds, () =>
        {
            if (life == _life) Handle(@event);
        });
    }

    public void Died(SimulatedWorker worker, string how)
    {
        // The system tells only of processes that are watched.
        if (_state?.Workers.GetValueOrDefault(worker.Key)?.Process == worker.Process) Later(world.Draw(1, 50), new SupervisorEvent.ProcessExited(worker.Key, worker.Process, how));
    }

    private void Tick(int life)
    {
        if (_state is null || life != _life) return;
        Handle(new SupervisorEvent.Tick());
        world.After(500, () => Tick(life));
    }

    private void Do(SupervisorAction action)
    {
        switch (action)
        {
            case SupervisorAction.StartProcess start: StartProcess(start.Worker); break;
            case SupervisorAction.WatchProcess watch: Look(watch.Worker, watch.Process); break;
            case SupervisorAction.KillProcess kill:
                if (world.Broken != BrokenRule.KillsAreNotDone) world.Find(name, kill.Process)?.Die("it was killed");
                Look(kill.Worker, kill.Process);
                break;
            case SupervisorAction.ReportExit exit: world.ToMaster(name, new MasterEvent.WorkerExited(exit.Worker, exit.Process, exit.Detail)); break;
            case SupervisorAction.JoinMaster join: world.ToMaster(name, new MasterEvent.SupervisorJoined(name, 4, isLocal, join.Workers, join.AskedAt)); break;
            case SupervisorAction.AskLease ask: world.ToMaster(name, new MasterEvent.LeaseAsked(name, ask.Workers, ask.AskedAt)); break;
        }
    }

    private void StartProcess(WorkerKey key)
    {
        if (world.Chance(30))
        {
            Later(10, new SupervisorEvent.StartFailed(key, "no memory"));
            return;
        }

        var worker = world.Spawn(name, key);
        Later(world.Draw(1, 200), new SupervisorEvent.ProcessStarted(key, worker.Process));
    }

    private void Look(WorkerKey key, WorkerProcess process)
    {
        if (world.Find(name, process) is not { IsAlive: true }) Later(5, new SupervisorEvent.ProcessExited(key, process, "it was dead"));
    }
}
