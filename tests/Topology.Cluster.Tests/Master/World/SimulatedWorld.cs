using System.Collections.Immutable;

namespace Topology.Cluster.Tests;

/// <summary>
/// A cluster of one daemon and two more hosts in one thread: a seed chooses every delay, loss, crash, stop and command. Messages of one connection may overtake each other here, which is worse than what ZeroMQ does.
/// For the first part of the time there are faults; then they end, and all has to come right.
/// </summary>
internal sealed class SimulatedWorld
{
    public const string Local = "local";

    private static readonly DateTimeOffset Epoch = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan FaultsFor = TimeSpan.FromSeconds(50);
    private static readonly TimeSpan CalmFor = TimeSpan.FromSeconds(100);

    private readonly Random _random;
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Order)> _queue = new();
    private readonly Master _master;
    private readonly Dictionary<(string Host, WorkerProcess Process), SimulatedWorker> _workers = [];
    private readonly Dictionary<WorkerKey, long> _ordered = [];
    private readonly HashSet<string> _submitted = [];
    private readonly HashSet<string> _killed = [];
    private readonly Dictionary<long, TopologyCommand> _asked = [];
    private MasterState? _state;
    private int _daemonLife;
    private long _order;
    private int _pid;

    public SimulatedWorld(int seed, BrokenRule broken = BrokenRule.None)
    {
        _random = new Random(seed);
        Broken = broken;
        Store = new SimulatedStore(broken);
        _master = new Master(new MasterOptions
        {
            StartTimeout = TimeSpan.FromSeconds(8),
            SilentAfter = TimeSpan.FromSeconds(4),
            EndTimeout = TimeSpan.FromSeconds(3),
            EndedKept = 2,
            Lease = Times,
            SeesDeathFirst = broken != BrokenRule.ReplacementsDoNotWaitForDeath,
        });
        Hosts = new[] { Local, "north", "south" }.ToDictionary(h => h, h => new SimulatedHost(this, h, h == Local));
    }

    public BrokenRule Broken { get; }

    public LeaseTimes Times { get; } = new(TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(5));

    public DateTimeOffset Now { get; private set; } = Epoch;

    public SimulatedStore Store { get; }

    public Dictionary<string, SimulatedHost> Hosts { get; }

    /// <summary>What has happened, to show that it did.</summary>
    public Dictionary<string, int> Seen { get; } = [];

    /// <summary>What happened in which order; null to keep none.</summary>
    public List<string>? Story { get; init; }

    /// <summary>Told what a step has kept.</summary>
    public Action<ImmutableArray<StoreChange>>? Kept { get; init; }

    private bool IsCalm => Now >= Epoch + FaultsFor;

    /// <summary>Runs faults and the calm after them, and checks how things stand then.</summary>
    public void Run()
    {
        foreach (var host in Hosts.Values.Where(h => h.Name != Local)) host.Start();
        StartDaemon();
        After(Draw(100, 2000), Fault);
        After(Draw(10, 500), Command);
        while (_queue.TryDequeue(out var next, out var key) && key.At < Epoch + FaultsFor + CalmFor)
        {
            Now = key.At;
            next();
        }

        EndState.Check(this, _state ?? throw new WrongException("The daemon is down."), _submitted, _killed);
    }

    public int Draw(int least, int most) => _random.Next(least, most + 1);

    /// <summary>One time in so many, while there are faults.</summary>
    public bool Chance(int oneIn) => !IsCalm && _random.Next(oneIn) == 0;

    public void After(int milliseconds, Action action) => _queue.Enqueue(action, (Now.AddMilliseconds(milliseconds), _order++));

    /// <summary>Does something in a worker's process, which waits while that is stopped.</summary>
    public void After(int milliseconds, Action action, SimulatedWorker worker) => After(milliseconds, () =>
    {
        if (!worker.IsAlive) return;
        if (worker.StoppedUntil > Now) After(100, action, worker);
        else action();
    });

    public void ToMaster(string host, MasterEvent @event)
    {
        var life = _daemonLife;
        Send(host, () =>
        {
            if (life == _daemonLife) Handle(@event);
        });
    }

    public bool IsSupervised(SimulatedWorker worker) => Hosts[worker.Host].Supervises(worker.Key);

    public IEnumerable<SimulatedWorker> Living() => _workers.Values.Where(w => w.IsAlive);

    public SimulatedWorker? Find(string host, WorkerProcess process) => _workers.GetValueOrDefault((host, process));

    public bool IsFinite(string topology) => topology.EndsWith("finite", StringComparison.Ordinal);

    public SimulatedWorker Spawn(string host, WorkerKey key)
    {
        if (Living().Any(w => w.Key.Topology == key.Topology && w.Key.Worker == key.Worker && w.Key.Incarnation < key.Incarnation && w.HasRun))
            throw new WrongException("A replacement was started while its predecessor lived.");
        var worker = new SimulatedWorker(this, key, host, new WorkerProcess(++_pid, $"{Now:O}")) { Hangs = Chance(30) };
        _workers.Add((host, worker.Process), worker);
        After(Draw(10, 500), worker.Beat, worker);
        Tell("spawned", (key, worker.Process.Pid));
        return worker;
    }

    public void Died(SimulatedWorker worker, string how)
    {
        Tell(how, (worker.Key, worker.Process.Pid));
        Hosts[worker.Host].Died(worker, how);
    }

    public void RunsUserCode(SimulatedWorker worker)
    {
        Tell("runs", (worker.Key, worker.Process.Pid));
        var tasks = worker.Executors.Select(e => e.FirstTask).ToHashSet();
        if (Living().Any(w => w != worker && w.HasRun && w.Key.Topology == worker.Key.Topology && w.Executors.Any(e => tasks.Contains(e.FirstTask))))
            throw new WrongException("A task ran in two processes.");
    }

    public void EndsStream(SimulatedWorker worker)
    {
        if (Living().Any(w => w.Key.Topology == worker.Key.Topology && w.Generation == worker.Generation && !w.AreSpoutsEnded && w.IsReady))
            throw new WrongException("End of stream went through before every spout had ended.");
    }

    public void Count(string what)
    {
        Seen[what] = Seen.GetValueOrDefault(what) + 1;
        Tell(what, null);
    }

    public void Tell(string what, object? about) => Story?.Add($"{Now:mm:ss.fff} {what} {about}");

    private void StartDaemon()
    {
        _daemonLife++;
        _state = _master.Restore(Store.Images, (ulong)_random.NextInt64(), Now);
        foreach (var host in Hosts.Values)
        {
            if (host.Name == Local) host.Start();
            else host.Later(Draw(1, 500), new SupervisorEvent.MasterConnected());
        }

        Tick(_daemonLife);
    }

    private void CrashDaemon()
    {
        Count("daemon crashed");
        _daemonLife++;
        _state = null;
        Hosts[Local].Crash();
        After(Draw(100, 8000), StartDaemon);
    }

    private void Tick(int life)
    {
        if (_state is null || life != _daemonLife) return;
        var next = Handle(new MasterEvent.Tick());
        if (next is { } at) After(Math.Max(1, (int)(at - Now).TotalMilliseconds), () => Tick(life));
    }

    private DateTimeOffset? Handle(MasterEvent @event)
    {
        if (_state is null) return null;
        var step = _master.Handle(_state, @event, Now);
        if (@event is not (MasterEvent.Tick or MasterEvent.WorkerAnnounced or MasterEvent.WorkerReported or MasterEvent.LeaseAsked)) Tell("event", @event);
        foreach (var change in step.Changes.Where(c => c is not StoreChange.KeepCounters)) Tell("keep", change);
        foreach (var action in step.Actions.Where(a => a is not MasterAction.GrantLease)) Tell("do", action);
        if (Broken == BrokenRule.ActionsGoBeforeKeeping) Do(step.Actions);
        if (!step.Changes.IsEmpty && Chance(400))
        {
            Count("crash before keeping");
            CrashDaemon();
            return null;
        }

        Watch(step);
        Store.Keep(step.Changes);
        Kept?.Invoke(step.Changes);
        _state = step.State;
        if (!step.Actions.IsEmpty && Chance(200))
        {
            Count("crash before acting");
            Do(step.Actions[..Draw(0, step.Actions.Length - 1)]);
            CrashDaemon();
            return null;
        }

        if (Broken != BrokenRule.ActionsGoBeforeKeeping) Do(step.Actions);
        return step.NextLook;
    }

    private void Watch(MasterStep step)
    {
        foreach (var forgotten in step.Changes.OfType<StoreChange.DropTopology>())
        {
            Count("topology forgotten");
            if (Living().Any(w => w.Key.Topology == forgotten.Topology && w.HasRun)) throw new WrongException("A topology was forgotten while a worker of it lived.");
            _submitted.Remove(forgotten.Topology);
            _killed.Remove(forgotten.Topology);
        }

        foreach (var change in step.Changes.OfType<StoreChange.KeepTopology>())
        {
            if (_state!.Topologies.GetValueOrDefault(change.Topology.Id)?.Entry.State == change.Topology.State) continue;
            Count(change.Topology.State.ToString());
            if (change.Topology.State == TopologyState.Completed) EndState.CheckCompleted(this, step.State.Topologies[change.Topology.Id], _workers.Values);
        }
    }

    private void Do(ImmutableArray<MasterAction> actions)
    {
        foreach (var action in actions) Do(action);
    }

    private void Do(MasterAction action)
    {
        switch (action)
        {
            case MasterAction.Answer answer: Answered(answer); break;
            case MasterAction.StartWorker a:
                Ordered(a.Worker);
                ToSupervisor(a.Host, new SupervisorEvent.StartOrdered(a.Worker));
                break;
            case MasterAction.AdoptWorker a: ToSupervisor(a.Host, new SupervisorEvent.AdoptOrdered(a.Worker, a.Process)); break;
            case MasterAction.KillWorker a: ToSupervisor(a.Host, new SupervisorEvent.KillOrdered(a.Worker, a.Process)); break;
            case MasterAction.GrantLease a: ToSupervisor(a.Supervisor, new SupervisorEvent.LeaseGranted(a.AskedAt)); break;
            case MasterAction.AskToJoin a: ToSupervisor(a.Supervisor, new SupervisorEvent.MasterConnected()); break;
            case MasterAction.EndWorker a: ToWorker(_workers.Values.Where(w => w.Process == a.Process), action); break;
            case MasterAction.FailPendingTrees a: ToWorker(a.Worker, action); break;
            case MasterAction.DeployWorker a: ToWorker(a.Worker, action); break;
            case MasterAction.SetSpouts a: ToWorker(a.Worker, action); break;
            case MasterAction.DrainSpouts a: ToWorker(a.Worker, action); break;
            case MasterAction.FinishWorker a: ToWorker(a.Worker, action); break;
        }
    }

    /// <summary>A life begins in a generation that is kept, and that none of the worker's earlier lives has seen begin.</summary>
    private void Ordered(WorkerKey key)
    {
        if (_ordered.ContainsKey(key)) return;
        var generation = Store[key.Topology].Entry.Generation;
        if (_ordered.Any(o => o.Key.Topology == key.Topology && o.Key.Worker == key.Worker && o.Value >= generation)) throw new WrongException("A replacement was started in the generation of its predecessor.");
        _ordered[key] = generation;
    }

    /// <summary>To the process that announced itself, as its connection leads to no other.</summary>
    private void ToWorker(WorkerKey key, MasterAction action)
    {
        var process = _state?.Topologies.GetValueOrDefault(key.Topology)?.Workers.GetValueOrDefault(key.Worker)?.Entry.Process;
        ToWorker(_workers.Values.Where(w => w.Key == key && w.Process == process), action);
    }

    private void ToWorker(IEnumerable<SimulatedWorker> workers, MasterAction action)
    {
        foreach (var worker in workers.Where(w => w.IsAlive).ToArray()) Send(worker.Host, () => After(0, () => worker.Obey(action), worker));
    }

    private void ToSupervisor(string host, SupervisorEvent @event)
    {
        var life = _daemonLife;
        Send(host, () =>
        {
            if (life == _daemonLife) Hosts[host].Handle(@event);
        });
    }

    private void Send(string host, Action deliver)
    {
        if (host == Local)
        {
            // Nothing is lost within a process and its host.
            After(Draw(1, 100), deliver);
            return;
        }

        if (Hosts[host].CutOffUntil > Now || Chance(30)) return;
        var slow = Chance(20) ? 3000 : 100;
        After(Draw(1, slow), deliver);
        if (Chance(30)) After(Draw(1, 2000), deliver);
    }

    private void Fault()
    {
        if (IsCalm) return;
        After(Draw(100, 5000), Fault);
        var living = Living().ToArray();
        var victim = living.Length == 0 ? null : living[_random.Next(living.Length)];
        var remote = Hosts[_random.Next(2) == 0 ? "north" : "south"];
        switch (_random.Next(8))
        {
            case 0 or 1 or 2: Hit(victim, "worker killed", w => w.Die("kill -9")); break;
            // A process that is stopped on a host without a supervisor could be ended by nobody.
            case 3: Hit(victim is not null && IsSupervised(victim) ? victim : null, "worker stopped", w => w.StoppedUntil = Now.AddMilliseconds(Draw(100, 15_000))); break;
            case 4: if (_state is not null) CrashDaemon(); break;
            case 5: CrashSupervisor(remote); break;
            case 6: CutOff(remote); break;
            case 7: Hit(victim, "link lost", w => Handle(new MasterEvent.LinkLost(w.Key.Topology, w.Generation, w.Key.Worker, 0))); break;
        }
    }

    private void Hit(SimulatedWorker? victim, string what, Action<SimulatedWorker> hit)
    {
        if (victim is null) return;
        Count(what);
        hit(victim);
    }

    private void CrashSupervisor(SimulatedHost host)
    {
        if (!host.IsUp) return;
        Count("supervisor crashed");
        host.Crash();
        foreach (var worker in Living().Where(w => w.Host == host.Name)) worker.StoppedUntil = Now;
        After(Draw(100, 15_000), host.Start);
    }

    private void CutOff(SimulatedHost host)
    {
        Count("host cut off");
        host.CutOffUntil = Now.AddMilliseconds(Draw(100, 20_000));
    }

    private void Command()
    {
        if (IsCalm) return;
        After(Draw(500, 6000), Command);
        var request = _order++;
        _asked[request] = CommandMaker.Make(_random, _submitted.Count, _state);
        Handle(new MasterEvent.CommandReceived(request, _asked[request]));
    }

    private void Answered(MasterAction.Answer answer)
    {
        Count($"command {answer.Outcome.Verdict}");
        if (answer.Outcome.Verdict != CommandVerdict.Accepted) return;
        if (_asked[answer.Request] is TopologyCommand.Submit submit) _submitted.Add(submit.Spec.Id);
        if (_asked[answer.Request] is TopologyCommand.Kill) _killed.Add(answer.Outcome.Topology!);
        if (_asked[answer.Request] is TopologyCommand.Rebalance) Count("rebalance accepted");
    }
}
