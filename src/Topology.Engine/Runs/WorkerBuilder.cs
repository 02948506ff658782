namespace Topology.Engine;

/// <summary>Makes a worker's executors from its plan, deals them to loops, and connects them.</summary>
internal sealed class WorkerBuilder(Worker worker)
{
    /// <summary>Rows between all executors of two components: 131,072 of 64 bytes are 8 MiB.</summary>
    private const int MostRowsOnTheWay = 131_072;

    private readonly List<Executor> _executors = [];
    private readonly List<TupleSource> _sources = [];
    private readonly Dictionary<string, List<Executor>> _byComponent = [];
    private readonly Dictionary<string, List<(Executor Executor, TaskPlan Task, int Place)>> _tasks = [];

    private TopologyPlan Plan => worker.Plan;

    public void Build()
    {
        MakeLoops();
        foreach (var component in Plan.Components) MakeExecutors(component);
        var ackers = Enumerable.Range(0, Plan.Options.Ackers).Select(_ => Make(index => new AckerExecutor(worker, index))).ToArray();
        worker.Executors = [.. _executors];
        worker.Bolts = [.. _executors.OfType<BoltExecutor>()];
        worker.Spouts = [.. _executors.OfType<SpoutExecutor>()];
        worker.Ackers = [.. ackers];
        new LoopAssignment(worker).Assign();
        Connect();
    }

    private void MakeLoops()
    {
        var count = Plan.Options.EventLoops > 0 ? Plan.Options.EventLoops : Environment.ProcessorCount;
        worker.Loops = [.. Enumerable.Range(0, Math.Max(count, Plan.Options.Workers)).Select(i => new EventLoop(worker, i))];
    }

    private T Make<T>(Func<int, T> make)
        where T : Executor
    {
        var executor = make(_executors.Count);
        _executors.Add(executor);
        return executor;
    }

    /// <summary>Deals a component's tasks to its executors in contiguous, nearly equal parts, the larger first, as Storm does.</summary>
    private void MakeExecutors(ComponentPlan component)
    {
        var executors = _byComponent[component.Id] = [];
        var tasks = _tasks[component.Id] = [];
        var next = 0;
        for (var i = 0; i < component.Executors; i++)
        {
            Executor executor = component.Kind == ComponentKind.Spout
                ? Make(index => new SpoutExecutor(worker, index, component.Id))
                : Make(index => new BoltExecutor(worker, index, component.Id));
            executors.Add(executor);
            var count = (component.Tasks / component.Executors) + (i < component.Tasks % component.Executors ? 1 : 0);
            for (var place = 0; place < count; place++, next++)
                tasks.Add((executor, new TaskPlan(component, component.FirstTask + next, next), place));
        }
    }

    private void Connect()
    {
        worker.AckerOfTask = new int[Plan.TaskCount + 1];
        var served = 0;
        foreach (var component in Plan.Components)
        {
            foreach (var group in _tasks[component.Id].GroupBy(t => t.Executor))
            {
                if (group.Key is SpoutExecutor spout) Connect(spout, group.Select(t => t.Task), ref served);
                else Connect((BoltExecutor)group.Key, group.Select(t => t.Task));
            }
        }

        worker.Sources = [.. _sources];
        foreach (var loop in worker.Loops) loop.Connect(worker.Ackers);
    }

    private void Connect(BoltExecutor executor, IEnumerable<TaskPlan> plans)
    {
        executor.Outputs.Connect(worker.Ackers);
        executor.Connect([.. plans.Select(plan =>
        {
            var counters = new TaskCounters();
            var emitter = MakeEmitter(executor, executor.Outputs, plan, counters, out var services);
            return new BoltTask(executor, plan, emitter, executor.Outputs, counters) { Services = services };
        })]);
    }

    private void Connect(SpoutExecutor executor, IEnumerable<TaskPlan> plans, ref int served)
    {
        executor.Outputs.Connect(worker.Ackers);
        var tasks = new List<SpoutTask>();
        foreach (var plan in plans)
        {
            var counters = new TaskCounters();
            var emitter = MakeEmitter(executor, executor.Outputs, plan, counters, out var services);
            tasks.Add(plan.Component.IsReliable
                ? MakeReliable(executor, plan, emitter, counters, services, ref served)
                : new PlainSpoutTask(executor, plan, emitter, counters) { Services = services });
        }

        executor.Connect([.. tasks]);
    }

    private SpoutTask MakeReliable(SpoutExecutor executor, TaskPlan plan, Emitter emitter, TaskCounters counters, TaskServices services, ref int served)
    {
        var firstSequence = worker.NextRandom() & RootId.SequenceMask;
        if (worker.Ackers.Length > 0)
        {
            var acker = served++ % worker.Ackers.Length;
            worker.AckerOfTask[plan.Task] = acker;
            worker.Ackers[acker].Serve(plan.Task, plan.Component.Options.MaxSpoutPending ?? Plan.Options.MaxSpoutPending, firstSequence, executor);
        }

        // The message id's type is the user's.
        return plan.Component.Example!.Accept(new ReliableTaskMaker(executor, plan, emitter, counters, services, firstSequence));
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
        if (_sources.Count > ushort.MaxValue)
            throw new TopologyException($"The topology has more than {ushort.MaxValue:N0} pairs of task and stream. Use fewer tasks or streams.");
        var source = _sources.Count;
        _sources.Add(new TupleSource(plan.Component.Id, stream.Name, plan.Task, stream.Fields));
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
        var window = Window(_byComponent[input.Component].Count, _byComponent[subscriber.Id].Count);
        return [.. _tasks[subscriber.Id].Select(t =>
        {
            var receiver = (BoltExecutor)t.Executor;
            var gate = outputs.GateTo(receiver, window, input.IsFeedback);
            var isLocal = LoopAssignment.WorkerOf(worker, sender.Home) == LoopAssignment.WorkerOf(worker, receiver.Home);
            return new OutTarget(t.Task.Task, t.Place, outputs.OutboxTo(receiver.Home), gate, isLocal);
        })];
    }

    /// <summary>
    /// Rows that one executor may have on the way to another. Over all receivers it stays within half of max-spout-pending, so that one that is stuck cannot
    /// hold the whole window. Over all senders, too, there is a limit, so that many executors together do not have more rows on the way than caches hold. At least
    /// 16, and at most 4,096, some 256 KiB.
    /// </summary>
    private int Window(int senders, int receivers)
    {
        if (Plan.Options.ChannelCapacity > 0) return Plan.Options.ChannelCapacity;
        var most = Math.Min(Plan.Options.MaxSpoutPending / 2 / receivers, MostRowsOnTheWay / receivers / senders);
        return Math.Clamp(most, 16, 4096);
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
