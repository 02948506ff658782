using System.Collections.Immutable;
using Topology.Engine;
using Topology.Messaging;

namespace Topology.Testing;

/// <summary>One spout in a simulated cluster, asked for tuples only when the test says so, with a consumer that holds what it gets.</summary>
internal sealed class SpoutRig : IDisposable
{
    private readonly SpoutTesterOptions _options;
    private readonly SimulatedCluster _cluster;
    private readonly SimulatedRun _run;
    private readonly SpoutExecutor _executor;
    private readonly BoltExecutor _consumer;
    private readonly Func<SpoutTask, StreamId, Value[], TupleIds, EmittedTuple> _make;

    /// <param name="shape">An instance to be asked for its streams; it may be the one that <paramref name="factory"/> returns.</param>
    /// <param name="factory">Makes the instance to run.</param>
    /// <param name="options">What it is surrounded with.</param>
    /// <param name="make">Makes the tuple that the test sees.</param>
    public SpoutRig(SpoutBase shape, Func<SpoutBase> factory, SpoutTesterOptions options, Func<SpoutTask, StreamId, Value[], TupleIds, EmittedTuple> make)
    {
        _options = options;
        _make = make;
        var plan = Plan(shape).Replace(options.Component, factory, shape as ReliableSpout);
        _cluster = new SimulatedCluster(new SimulationOptions
        {
            Time = options.Time,
            Seed = options.Seed,
            TurnTime = TimeSpan.Zero,
            InterruptChance = 0,
            Loggers = options.Loggers,
            Positions = options.Positions,
        });
        _run = _cluster.Submit(plan);
        _executor = _run.Worker.Spouts.Single();
        _consumer = _run.Worker.Bolts.Single();
        Open();
    }

    public ManualTime Time => _cluster.Time;

    public List<EmittedTuple> Emitted { get; } = [];

    public ImmutableArray<ErrorReport> Errors => [.. _run.Errors.Where(e => e.Component == _options.Component)];

    public SpoutTask Task => _executor.Tasks[0];

    /// <summary>Those of the tuples emitted that were not answered for.</summary>
    public IEnumerable<EmittedTuple> Pending => Emitted.Where(IsPending);

    /// <summary>Calls <c>NextTuple</c> once, unless there is no room or the spout is exhausted.</summary>
    public int NextTuple()
    {
        var before = Emitted.Count;
        _executor.SetActive(true, tell: false);
        Task.Wake();
        // What the watchdog says of a turn that lasts: it ends after one call.
        _executor.IsOverdue = true;
        _executor.Home.Collect([]);
        _executor.Home.Run(_executor);
        _executor.SetActive(false, tell: false);
        RunUntilIdle();
        return Emitted.Count - before;
    }

    public void SetActive(bool active)
    {
        _executor.SetActive(!active, tell: false);
        _executor.SetActive(active, tell: true);
        _executor.SetActive(false, tell: false);
        RunUntilIdle();
    }

    public void Ack(EmittedTuple tuple)
    {
        CheckPending(tuple);
        Post(() => Answers(tuple).AddAck(tuple.Ids.Root, tuple.Ids.Edge));
    }

    public void Fail(EmittedTuple tuple, FailKind kind, string? detail)
    {
        CheckPending(tuple);
        // Nobody in particular is to blame for what was lost or late.
        var task = kind is FailKind.Timeout or FailKind.WorkerLost or FailKind.LinkLost ? 0 : _consumer.Tasks[0].Plan.Task;
        var code = FailCode.Of(kind, task, _run.Worker.FailDetails.Add(detail));
        Post(() => Answers(tuple).Add(AckBatchKind.Fail, tuple.Ids.Root, code));
    }

    public void Advance(TimeSpan by)
    {
        _cluster.Advance(by);
        CheckRun();
    }

    public void Dispose() => _cluster.Dispose();

    /// <summary>Opens the spout and has nobody ask it for tuples.</summary>
    private void Open()
    {
        _cluster.RunUntil(() => _run.HasEnded || _run.Worker.Coordinator.Phase >= RunPhase.Opening);
        _run.Deactivate();
        RunUntilIdle();
    }

    private TopologyPlan Plan(SpoutBase shape)
    {
        var declared = new StreamDeclarer();
        shape.Declare(declared);
        var plan = TopologyPlanner.Plan(new InlineTopology(Build), "spout-tester", _options.Settings);
        // Message ids and answers need an acker.
        return plan with { Options = plan.Options with { Delivery = Delivery.AtLeastOnce, Ackers = 1, MaxErrorReports = int.MaxValue } };

        void Build(TopologyBuilder topology)
        {
            topology.DeclareAll(_options.Settings);
            topology.SetSpout(_options.Component, () => new SpoutShape(shape.Output, declared)).MaxSpoutPending(_options.MaxSpoutPending).OnError(_options.OnError);
            topology.Consume(_options.Consumer, _options.ConsumerTasks, () => new HoldingBolt(Received), _options.Component, declared);
        }
    }

    private void Received(TupleSource source, Value[] values, TupleIds ids) =>
        Emitted.Add(_make(Task, _run.Plan[_options.Component].Streams.Single(s => s.Name == source.Stream), values, ids));

    private AckOutbox Answers(EmittedTuple tuple) => _consumer.Outputs.AckerOf(tuple.Ids.Root);

    private bool IsPending(EmittedTuple tuple) => tuple.Ids.Root != 0 && _run.Worker.Ackers[0].IsOpen(tuple.Ids.Root);

    private void CheckPending(EmittedTuple tuple)
    {
        if (IsPending(tuple)) return;
        throw new TestFailureException(tuple.IsAnchored
            ? $"{tuple} was acked or failed before, or timed out."
            : $"{tuple} was emitted untracked, so there is nothing to ack or fail.");
    }

    private void Post(Action action)
    {
        _consumer.Mailbox.PostControl(action);
        _consumer.Wake();
        RunUntilIdle();
    }

    private void RunUntilIdle()
    {
        _cluster.RunUntilIdle();
        CheckRun();
    }

    private void CheckRun()
    {
        if (_run.Result is not { } result) return;
        throw new TestFailureException($"The spout's errors ended the run: {result.Failure?.Message ?? result.State.ToString()}", result.Failure?.InnerException ?? result.Failure);
    }
}
