using System.Collections.Immutable;
using Topology.Engine;

namespace Topology.Testing;

/// <summary>One bolt in a simulated cluster, between feeders and a consumer that acks what it gets.</summary>
internal sealed class BoltRig : IDisposable
{
    private readonly BoltTesterOptions _options;
    private readonly IReadOnlyList<TestInput> _inputs;
    private readonly Dictionary<string, Feeder> _feeders = [];
    private readonly SimulatedCluster _cluster;
    private readonly SimulatedRun _run;
    private readonly BoltExecutor _executor;
    private long _errorsSeen;

    /// <param name="shape">An instance to be asked for its streams; it may be the one that <paramref name="factory"/> returns.</param>
    /// <param name="factory">Makes the instance to run.</param>
    /// <param name="options">What it is surrounded with.</param>
    /// <param name="inputs">The streams that it receives.</param>
    /// <param name="pace">How its inputs come.</param>
    public BoltRig(IBolt shape, Func<IBolt> factory, BoltTesterOptions options, IReadOnlyList<TestInput> inputs, InputPace pace)
    {
        _options = options;
        _inputs = inputs;
        foreach (var component in inputs.GroupBy(i => i.Component)) _feeders.Add(component.Key, MakeFeeder(component, pace));
        var plan = Plan(shape, pace).Replace(options.Component, factory);
        _cluster = new SimulatedCluster(new SimulationOptions
        {
            Time = options.Time,
            TurnTime = TimeSpan.Zero,
            InterruptChance = pace == InputPace.FullOutbox ? 1 : 0,
            Loggers = options.Loggers,
            ObservesTuples = true,
        });
        _run = _cluster.Submit(plan);
        _run.Observed.Keep = tuple =>
        {
            if (tuple.Component == options.Component) Emitted.Add(tuple);
        };
        _executor = _run.Worker.Bolts.Single(b => b.Component == options.Component);
        RunUntilIdle();
    }

    public SimulationTrace Trace => _cluster.Trace;

    public List<EmittedTuple> Emitted { get; } = [];

    public List<FedTuple> Fed { get; } = [];

    public ImmutableArray<ErrorReport> Errors => [.. _run.Errors.Where(e => e.Component == _options.Component)];

    public TestInput FirstInput => _inputs[0];

    public TaskState State => _executor.Tasks[0].State;

    /// <summary>Where inputs on a stream come from: the first that has it.</summary>
    public TestInput InputOn(string stream) =>
        _inputs.FirstOrDefault(i => i.Stream == stream)
        ?? throw new ArgumentException($"No input on stream '{stream}'; the inputs are {string.Join(", ", _inputs.Select(i => $"{i.Component}/{i.Stream}"))}. Give it in BoltTesterOptions.Inputs.");

    /// <summary>Gives the bolt a tuple when it runs next.</summary>
    public FedTuple Feed(TestInput input, ReadOnlySpan<Value> values)
    {
        var fed = _feeders[input.Component].FeedOn(input.Stream, values);
        Fed.Add(fed);
        return fed;
    }

    public void Post(Action<BoltTask> action)
    {
        _executor.Mailbox.PostControl(() => action(_executor.Tasks[0]));
        _executor.Wake();
        RunUntilIdle();
    }

    /// <summary>Gives the bolt a tick now.</summary>
    public void Tick() => Post(task =>
    {
        try
        {
            task.Tick([_options.TickInterval], new TupleSource(TupleSource.System, TupleSource.Tick, -1, ["interval"]));
        }
        catch (Exception exception)
        {
            _run.Worker.ErrorPolicies.Handle(_executor, task, "Execute (tick)", null, exception);
        }
    });

    public void Finish()
    {
        if (Fed.Find(f => f.State == FedState.Pending) is { } held)
            throw new TestFailureException($"The engine calls Finish when every input was answered for, but {held} still is not: ack or fail it before, as when a tick comes.");
        Post(_ => _executor.Finish());
    }

    public void Advance(TimeSpan by)
    {
        _cluster.Advance(by);
        CheckAnswers();
    }

    /// <summary>Runs until the bolt has done all that it can before time goes on.</summary>
    /// <exception cref="TestFailureException">It answered wrongly, or its errors ended the run.</exception>
    public void RunUntilIdle()
    {
        _cluster.RunUntilIdle();
        CheckAnswers();
    }

    public void Dispose() => _cluster.Dispose();

    private static Feeder MakeFeeder(IEnumerable<TestInput> inputs, InputPace pace)
    {
        var feeder = new Feeder(inputs.FirstOrDefault(i => i.Stream == StreamId.Default)?.Fields ?? []);
        foreach (var input in inputs.Where(i => i.Stream != StreamId.Default)) feeder.AddStream(input.Stream, input.Fields);
        feeder.IsBurst = pace != InputPace.OneByOne;
        return feeder;
    }

    private TopologyPlan Plan(IBolt shape, InputPace pace)
    {
        var declared = new StreamDeclarer();
        shape.Declare(declared);
        return TopologyPlanner.Plan(new InlineTopology(Build), "bolt-tester", _options.Settings);

        void Build(TopologyBuilder topology)
        {
            topology.DeclareAll(_options.Settings);
            foreach (var (component, feeder) in _feeders) topology.SetSpout(component, () => new FeederSpout(feeder));
            var bolt = topology.SetBolt(_options.Component, () => new BoltShape(shape.Output, declared)).TickEvery(_options.TickInterval).OnError(_options.OnError);
            foreach (var input in _inputs) bolt.ShuffleGrouping(input.Component, input.Stream);
            if (_options.OnError == ErrorPolicy.DeadLetter) declared = WithDeadLetters(declared);
            topology.Consume(_options.Consumer, _options.ConsumerTasks, () => new ConsumerBolt(), _options.Component, declared);
            topology.Options = topology.Options with
            {
                MaxErrorReports = int.MaxValue,
                ChannelCapacity = pace == InputPace.FullOutbox ? 1 : topology.Options.ChannelCapacity,
            };
        }
    }

    private static StreamDeclarer WithDeadLetters(StreamDeclarer declared) =>
        declared.Streams.Any(s => s.Name == StreamId.DeadLetter) ? declared : declared.Add(StreamId.DeadLetter, DeadLetterStream.Fields);

    private void CheckAnswers()
    {
        if (_run.Result is { } result)
            throw new TestFailureException($"The bolt's errors ended the run: {result.Failure?.Message ?? result.State.ToString()}", result.Failure?.InnerException ?? result.Failure);
        var errors = Errors;
        var unseen = errors.Skip((int)_errorsSeen).ToArray();
        _errorsSeen = errors.Length;
        if (unseen.FirstOrDefault(e => e.Error is AnswerException) is not { } error) return;
        var tuple = error.Tuple is null ? "" : $" on ({error.Tuple})";
        throw new TestFailureException($"{error.Call}{tuple} answered wrongly: {error.Error.Message}", error.Error);
    }
}
