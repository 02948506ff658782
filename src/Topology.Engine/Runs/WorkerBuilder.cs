namespace Topology.Engine;

/// <summary>Makes a worker's executors from its plan, deals them to loops, and connects them.</summary>
internal sealed class WorkerBuilder(Worker worker)
{
    /// <summary>Rows between all executors of two components: 131,072 of 64 bytes are 8 MiB.</summary>
    private const int MostRowsOnTheWay = 131_072;

    /// <summary>Some 256 KiB.</summary>
    private const int MostRowsToALoop = 4_096;

    /// <summary>Some 256 KiB in frames. Credit from another process takes a millisecond where processes share cores: with 4,096 rows that would be the most that gets done in it.</summary>
    private const int MostRowsToAWorker = 16_384;

    private readonly List<Executor> _executors = [];
    private readonly List<TupleSource> _sources = [];
    private readonly Dictionary<string, List<Executor>> _byComponent = [];
    private readonly Dictionary<string, List<(Executor Executor, TaskPlan Task, int Place)>> _tasks = [];

    private TopologyPlan Plan => worker.Plan;

    private WorkerShare? Share => worker.Options.Share;

    public void Build()
    {
        MakeLoops();
        MakePeers();
        foreach (var component in Plan.Components) MakeExecutors(component);
        worker.AllAckers = [.. Enumerable.Range(0, Plan.Options.Ackers).Select(MakeAcker)];
        worker.Executors = [.. _executors];
        worker.Bolts = [.. _executors.OfType<BoltExecutor>()];
        worker.Spouts = [.. _executors.OfType<SpoutExecutor>()];
        worker.Ackers = [.. _executors.OfType<AckerExecutor>()];
        new LoopAssignment(worker).Assign();
        Connect();
    }

    private void MakeLoops()
    {
        var count = Plan.Options.EventLoops > 0 ? Plan.Options.EventLoops : Environment.ProcessorCount;
        worker.Loops = [.. Enumerable.Range(0, Math.Max(count, Plan.Options.Workers)).Select(i => new EventLoop(worker, i))];
    }

    private void MakePeers()
    {
        if (Share is { } share) worker.Peers = [.. Enumerable.Range(0, share.Workers).Select(number => number == share.Self ? null : new Peer(worker, number))];
    }

    private Executor Make(ComponentPlan component)
    {
        var index = _executors.Count;
        Executor executor = Share is { } share && !share.Has(index) ? new RemoteExecutor(worker, index, component.Id, worker.Peers[share.WorkerOfExecutor[index]]!)
            : component.Kind == ComponentKind.Spout ? new SpoutExecutor(worker, index, component.Id)
            : new BoltExecutor(worker, index, component.Id);
        _executors.Add(executor);
        return executor;
    }

    private IAcker MakeAcker(int number)
    {
        var index = _executors.Count;
        if (Share is { } share && !share.Has(index))
        {
            var peer = worker.Peers[share.WorkerOfExecutor[index]]!;
            _executors.Add(new RemoteExecutor(worker, index, "__acker", peer));
            return new RemoteAcker(peer, number, worker);
        }

        var acker = new AckerExecutor(worker, index);
        _executors.Add(acker);
        return acker;
    }

    /// <summary>Deals a component's tasks to its executors in contiguous, nearly equal parts, the larger first, as Storm does.</summary>
    private void MakeExecutors(ComponentPlan component)
    {
        var executors = _byComponent[component.Id] = [];
        var tasks = _tasks[component.Id] = [];
        var next = 0;
        for (var i = 0; i < component.Executors; i++)
        {
            var executor = Make(component);
            executors.Add(executor);
            var count = (component.Tasks / component.Executors) + (i < component.Tasks % component.Executors ? 1 : 0);
            for (var place = 0; place < count; place++, next++)
                tasks.Add((executor, new TaskPlan(component, component.FirstTask + next, next), place));
        }
    }

    private void Connect()
    {
        if (worker.AllAckers.Length > 0) worker.AckerOfTask = AssignAckers();
        foreach (var component in Plan.Components)
        {
            foreach (var group in _tasks[component.Id].GroupBy(t => t.Executor))
            {
                if (group.Key is SpoutExecutor spout) Connect(spout, group.Select(t => t.Task));
                else if (group.Key is BoltExecutor bolt) Connect(bolt, group.Select(t => t.Task));
                else CountSources(group.Select(t => t.Task));
            }
        }

        worker.Sources = [.. _sources];
        foreach (var loop in worker.Loops) loop.Connect(worker.AllAckers);
    }

    private void Connect(BoltExecutor executor, IEnumerable<TaskPlan> plans)
    {
        executor.Outputs.Connect(worker.AllAckers);
        executor.Connect([.. plans.Select(plan =>
        {
            var counters = new TaskCounters();
            var emitter = MakeEmitter(executor, executor.Outputs, plan, counters, out var services);
            return new BoltTask(executor, plan, emitter, executor.Outputs, counters) { Services = services };
        })]);
    }

    private void Connect(SpoutExecutor executor, IEnumerable<TaskPlan> plans)
    {
        executor.Outputs.Connect(worker.AllAckers);
        var tasks = new List<SpoutTask>();
        foreach (var plan in plans)
        {
            var counters = new TaskCounters();
            var emitter = MakeEmitter(executor, executor.Outputs, plan, counters, out var services);
            tasks.Add(plan.Component.IsReliable
                ? MakeReliable(executor, plan, emitter, counters, services)
                : new PlainSpoutTask(executor, plan, emitter, counters) { Services = services });
        }

        executor.Connect([.. tasks]);
    }

    private SpoutTask MakeReliable(SpoutExecutor executor, TaskPlan plan, Emitter emitter, TaskCounters counters, TaskServices services)
    {
        var firstSequence = worker.NextRandom() & RootId.SequenceMask;
        if (worker.AllAckers.Length > 0)
        {
            var acker = (AckerExecutor)worker.AllAckers[worker.AckerOfTask[plan.Task]];
            acker.Serve(plan.Task, plan.Component.Options.MaxSpoutPending ?? Plan.Options.MaxSpoutPending, firstSequence, executor);
        }

        // The message id's type is the user's.
        return plan.Component.Example!.Accept(new ReliableTaskMaker(executor, plan, emitter, counters, services, firstSequence));
    }

    /// <summary>Deals the tasks of spouts whose trees are tracked to the ackers of their own worker, the same way in every worker.</summary>
    private int[] AssignAckers()
    {
        var ackers = Enumerable.Range(0, worker.AllAckers.Length).ToLookup(number => WorkerOf(_executors.Count - worker.AllAckers.Length + number));
        var served = new int[Share?.Workers ?? 1];
        var ackerOfTask = new int[Plan.TaskCount + 1];
        foreach (var component in Plan.Components.Where(c => c.Kind == ComponentKind.Spout && c.IsReliable))
        {
            foreach (var (executor, task, _) in _tasks[component.Id])
            {
                var at = WorkerOf(executor.Index);
                int[] here = [.. ackers[at]];
                if (here.Length == 0) throw new TopologyException($"Worker {at} has a task of the spout {component.Id} and no acker: the assignment is wrong.");
                ackerOfTask[task.Task] = here[served[at]++ % here.Length];
            }
        }

        return ackerOfTask;
    }

    private int WorkerOf(int executor) => Share?.WorkerOfExecutor[executor] ?? 0;

    /// <summary>Sources have the same numbers in every worker, so those of tasks elsewhere count too.</summary>
    private void CountSources(IEnumerable<TaskPlan> plans)
    {
        foreach (var plan in plans)
            foreach (var stream in plan.Component.Streams) AddSource(plan, stream);
    }

    private int AddSource(TaskPlan plan, StreamId stream)
    {
        if (_sources.Count > ushort.MaxValue)
            throw new TopologyException($"The topology has more than {ushort.MaxValue:N0} pairs of task and stream. Use fewer tasks or streams.");
        _sources.Add(new TupleSource(plan.Component.Id, stream.Name, plan.Task, stream.Fields));
        return _sources.Count - 1;
    }

    private Emitter MakeEmitter(Executor executor, Outputs outputs, TaskPlan plan, TaskCounters counters, out TaskServices services)
    {
        var edges = new EdgeIds(worker.NextRandom());
        var emitter = new Emitter(outputs, edges, counters, Plan.Options);
        services = new TaskServices(worker, executor, plan, emitter, counters);
        services.ResetHooks();
        var shared = services;
        emitter.Connect([.. plan.Component.Streams.Select(stream => MakeStream(executor, outputs, plan, stream, shared, edges))]);
        return emitter;
    }

    private OutStream MakeStream(Executor executor, Outputs outputs, TaskPlan plan, StreamId stream, TaskServices services, EdgeIds chance)
    {
        var source = AddSource(plan, stream);
        var subscriptions = Plan.Components
            .SelectMany(c => c.Inputs.Where(i => i.Component == plan.Component.Id && i.Stream == stream.Name).Select(i => (Subscriber: c, Input: i)))
            .ToArray();
        var factory = new RouterFactory(plan, stream, services, outputs, chance, subscriptions.SelectMany(s => _tasks[s.Subscriber.Id]).Select(t => t.Task.Task));
        Router[] routers = [.. subscriptions.Select(s => factory.Make(s.Input.Grouping, Targets(executor, outputs, s.Subscriber, s.Input)))];
        // Where nobody subscribes there still has to be one that refuses the tasks that an emitter names.
        if (stream.IsDirect && routers.Length == 0) routers = [new DirectRouter([], stream, [])];
        return new OutStream(stream, source, routers);
    }

    private OutTarget[] Targets(Executor sender, Outputs outputs, ComponentPlan subscriber, Subscription input)
    {
        var (senders, receivers) = (_byComponent[input.Component].Count, _byComponent[subscriber.Id].Count);
        return [.. _tasks[subscriber.Id].Select(t =>
        {
            var receiver = t.Executor;
            var window = Window(senders, receivers, receiver is RemoteExecutor ? MostRowsToAWorker : MostRowsToALoop);
            var gate = outputs.GateTo(receiver, window, input.IsFeedback);
            if (receiver is RemoteExecutor remote) return new OutTarget(t.Task.Task, t.Place, outputs.OutboxTo(remote.Peer), gate, isLocal: false);
            var isLocal = LoopAssignment.WorkerOf(worker, sender.Home) == LoopAssignment.WorkerOf(worker, receiver.Home);
            return new OutTarget(t.Task.Task, t.Place, outputs.OutboxTo(receiver.Home), gate, isLocal);
        })];
    }

    /// <summary>
    /// Rows that one executor may have on the way to another. Over all receivers it stays within half of max-spout-pending, so that one that is stuck cannot
    /// hold the whole window. Over all senders, too, there is a limit, so that many executors together do not have more rows on the way than caches hold. At least 16.
    /// </summary>
    private int Window(int senders, int receivers, int largest)
    {
        if (Plan.Options.ChannelCapacity > 0) return Plan.Options.ChannelCapacity;
        var most = Math.Min(Plan.Options.MaxSpoutPending / 2 / receivers, MostRowsOnTheWay / receivers / senders);
        return Math.Clamp(most, 16, largest);
    }

    private sealed class ReliableTaskMaker(
        SpoutExecutor executor,
        TaskPlan plan,
        Emitter emitter,
        TaskCounters counters,
        TaskServices services,
        ulong firstSequence) : IReliableSpoutVisitor<SpoutTask>
    {
        public SpoutTask Visit<TMessageId>(ReliableSpout<TMessageId> spout) =>
            new ReliableSpoutTask<TMessageId>(executor, plan, emitter, counters, firstSequence) { Services = services };
    }
}
