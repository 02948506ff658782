using System.Collections.Immutable;

namespace Topology.Cluster.Tests;

/// <summary>Drives a master by hand: its clock, its workers' words, and what it wanted done last.</summary>
internal sealed class MasterDriver
{
    public const string Id = "t";

    private readonly Master _master;
    private long _request;
    private long _sequence;

    public MasterDriver(MasterOptions? options = null, SimulatedStore? store = null)
    {
        _master = new Master(options ?? new MasterOptions());
        Store = store ?? new SimulatedStore(BrokenRule.None);
        State = _master.Restore(Store.Images, 1, Now);
    }

    public SimulatedStore Store { get; }

    public DateTimeOffset Now { get; private set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public MasterState State { get; private set; }

    public ImmutableArray<MasterAction> Actions { get; private set; } = [];

    public TopologyStatus Topology => State.Topologies[Id];

    public static PlanOutline Plan { get; } = Outlines.Make([(1, 2, 2), (0, 2, 2)], 1);

    public ImmutableArray<MasterAction> Handle(MasterEvent @event)
    {
        var step = _master.Handle(State, @event, Now);
        Store.Keep(step.Changes);
        State = step.State;
        return Actions = step.Actions;
    }

    /// <summary>Lets time pass, a second at a time; living workers are heard throughout. The actions are those of the whole time.</summary>
    public void Pass(int seconds, params int[] silent)
    {
        var actions = new List<MasterAction>();
        for (var i = 0; i < seconds; i++)
        {
            Now += TimeSpan.FromSeconds(1);
            foreach (var worker in State.Topologies.GetValueOrDefault(Id)?.Workers.Values.Where(w => w.Phase == WorkerPhase.Connected && !silent.Contains(w.Number)).ToArray() ?? [])
                actions.AddRange(Handle(new MasterEvent.WorkerReported(worker.KeyIn(Id), worker.Report is { } last ? last with { Sequence = ++_sequence } : new WorkerReport(0, ++_sequence, Counts.None))));
            actions.AddRange(Handle(new MasterEvent.Tick()));
        }

        Actions = [.. actions];
    }

    public CommandOutcome Ask(TopologyCommand command) =>
        Handle(new MasterEvent.CommandReceived(++_request, command)).OfType<MasterAction.Answer>().Single().Outcome;

    public void Join(string host = "local", bool isLocal = true, params WorkerKey[] workers) => Handle(new MasterEvent.SupervisorJoined(host, 4, isLocal, [.. workers], Now));

    public CommandOutcome Submit(int workers = 2, bool active = true, params (string Name, string Value)[] restarts) =>
        Ask(new TopologyCommand.Submit(Spec(Plan, workers, restarts), active));

    public static TopologySpec Spec(PlanOutline plan, int workers, params (string Name, string Value)[] settings) =>
        new(Id, "name", Samples.Upload, "Words.WordCountTopology", Samples.Settings(settings), plan, workers);

    public WorkerKey Key(int worker) => Topology.Workers[worker].KeyIn(Id);

    public static WorkerProcess ProcessOf(WorkerKey key) => new(100 + (int)key.Incarnation, "boot");

    public void Announce(int worker, long ready = 0) => Announce(Key(worker), ready);

    public void Announce(WorkerKey key, long ready = 0) =>
        Handle(new MasterEvent.WorkerAnnounced(key, State.Topologies[Id].Workers.GetValueOrDefault(key.Worker)?.Entry.Host ?? "local", ProcessOf(key), $"ipc://{key.Incarnation}", ready));

    public void Ready(int worker) => Handle(new MasterEvent.WorkerReady(Key(worker), Topology.Entry.Generation));

    public void Die(int worker) => Die(Key(worker));

    public void Die(WorkerKey key) => Handle(new MasterEvent.WorkerExited(key, ProcessOf(key), "signal 9"));

    public void Report(int worker, Func<WorkerReport, WorkerReport> with) =>
        Handle(new MasterEvent.WorkerReported(Key(worker), with(new WorkerReport(Topology.Entry.Generation, ++_sequence, Counts.None))));

    /// <summary>Says that a worker's spouts are exhausted and all is committed.</summary>
    public void Exhaust(int worker, Func<WorkerReport, WorkerReport>? with = null) =>
        Report(worker, r => (with ?? (x => x))(r with { IsActive = true, PositionsCommitted = true, EndedTasks = [1, 2] }));

    /// <summary>Submits a topology and brings it to be active.</summary>
    public MasterDriver Activated(int workers = 2, params (string Name, string Value)[] restarts)
    {
        Join();
        Submit(workers, true, restarts);
        Settle();
        return this;
    }

    /// <summary>Has every worker announce itself and be ready.</summary>
    public void Settle()
    {
        foreach (var worker in Topology.Workers.Values.Where(w => w.Phase == WorkerPhase.Starting).ToArray()) Announce(worker.Number);
        foreach (var worker in Topology.Workers.Values.Where(w => w.Phase == WorkerPhase.Connected).ToArray()) Ready(worker.Number);
    }
}
