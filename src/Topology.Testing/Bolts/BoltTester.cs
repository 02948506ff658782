using System.Collections.Immutable;
using Topology.Engine;

namespace Topology.Testing;

/// <summary>
/// Runs one bolt alone, on the calling thread: gives it tuples one by one, and shows what it emitted and answered. It is the engine that runs it, in a
/// <see cref="SimulatedCluster"/>, so that anchors, answers, errors, ticks and asynchronous work are what they are in a topology. For one thread at a time.
/// </summary>
/// <remarks>
/// <para>
/// Each method runs the bolt until it has done all that it can before time goes on; asynchronous work is waited for unless it waits by the clock. A tuple that was
/// answered for twice, or neither answered for nor held, is a <see cref="TestFailureException"/>. So is a run that the bolt's error policy ended; any other exception of
/// the bolt fails its tuple, as in a topology, and is in <see cref="Errors"/>.
/// </para>
/// <para><see cref="Verify(Func{IBolt}, IReadOnlyList{TestTuple}, IReadOnlyList{TestTuple}, BoltTesterOptions?)"/> does more at once.</para>
/// </remarks>
/// <example>
/// <code>
/// using var split = new BoltTester(new SplitBolt());
/// split.Execute("the cow");
/// Assert.That(split.Emitted is [[var first], [var second]] &amp;&amp; first == "the" &amp;&amp; second == "cow");
/// Assert.That(split.Acked, Has.Length.EqualTo(1));
/// </code>
/// </example>
public sealed class BoltTester : IDisposable
{
    private readonly Func<IBolt> _factory;
    private readonly BoltTesterOptions _options;
    private readonly IBolt _shape;
    private BoltRig? _rig;

    /// <param name="bolt">The bolt, fresh.</param>
    /// <param name="options">What it is surrounded with; null for the defaults.</param>
    public BoltTester(IBolt bolt, BoltTesterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(bolt);
        _factory = () => bolt;
        _shape = bolt;
        _options = WithTime(options);
    }

    /// <param name="factory">Makes the bolt: once to be asked for its streams, once to be run, and again when its error policy restarts it.</param>
    /// <param name="options">What it is surrounded with; null for the defaults.</param>
    public BoltTester(Func<IBolt> factory, BoltTesterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(factory);
        _factory = factory;
        _shape = factory();
        _options = WithTime(options);
    }

    /// <summary>The bolt's clock.</summary>
    public ManualTime Time => _options.Time!;

    /// <summary>What the bolt emitted so far, on all streams.</summary>
    public EmittedTuples<EmittedTuple> Emitted => new([.. _rig?.Emitted ?? []]);

    /// <summary>The inputs that it acked.</summary>
    public ImmutableArray<FedTuple> Acked => InState(FedState.Acked);

    /// <summary>The inputs that it failed, with their reasons.</summary>
    public ImmutableArray<FedTuple> Failed => InState(FedState.Failed);

    /// <summary>The inputs that it has yet to answer for: held, or in asynchronous work.</summary>
    public ImmutableArray<FedTuple> Held => InState(FedState.Pending);

    /// <summary>What it threw or reported, oldest first; the newest thousand.</summary>
    public ImmutableArray<ErrorReport> Errors => _rig?.Errors ?? [];

    private BoltRig Rig => _rig ??= Start(_options.Inputs is { Count: > 0 } inputs ? inputs : DefaultInputs(0));

    /// <summary>
    /// Checks that inputs give the outputs expected, however they come: one by one, all in a batch, and in a batch with the bolt's outbox full after each tuple that it
    /// emits, so that it is interrupted between its inputs; each time in a fresh instance. At the end of the input it gets a tick, where its options have a tick interval, and
    /// <c>Finish</c> is called.
    /// </summary>
    /// <param name="factory">Makes a new bolt on each call.</param>
    /// <param name="inputs">What it gets: each on the first stream of <see cref="BoltTesterOptions.Inputs"/> that has its stream's name.</param>
    /// <param name="expected">What it should emit, in this order; in any order, where it is an <see cref="AsyncBolt"/>.</param>
    /// <param name="options">What it is surrounded with; null for the defaults.</param>
    /// <example>
    /// <code>
    /// BoltTester.Verify(
    ///     () => new SplitBolt(),
    ///     inputs: [["the cow"], ["the moon"]],
    ///     expected: [["the"], ["cow"], ["the"], ["moon"]]);
    /// </code>
    /// </example>
    /// <exception cref="TestFailureException">
    /// It emitted something else, threw, answered for a tuple twice or not at all, or failed other tuples one time than another.
    /// </exception>
    public static void Verify(Func<IBolt> factory, IReadOnlyList<TestTuple> inputs, IReadOnlyList<TestTuple> expected, BoltTesterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(expected);
        new BoltVerification(factory, inputs, expected, options ?? new BoltTesterOptions()).Run();
    }

    /// <summary>Gives the bolt a tuple of its first input stream.</summary>
    /// <param name="values">The tuple's values.</param>
    /// <returns>The tuple, which shows what became of it.</returns>
    /// <exception cref="TestFailureException">It answered for the tuple twice, or neither answered for it nor held it; or its error policy ended the run.</exception>
    /// <exception cref="ArgumentException">There are more values than the stream has fields, or fewer.</exception>
    public FedTuple Execute(params ReadOnlySpan<Value> values)
    {
        if (_rig is null && _options.Inputs.Count == 0) Start(DefaultInputs(values.Length));
        return Execute(Rig.FirstInput, values);
    }

    /// <summary>Another of its input streams.</summary>
    /// <param name="component">The component that emits it.</param>
    /// <param name="stream">Its name.</param>
    /// <exception cref="ArgumentException">It is not in <see cref="BoltTesterOptions.Inputs"/>.</exception>
    public BoltTesterInput From(string component, string stream = StreamId.Default) =>
        new(this, _options.Inputs.FirstOrDefault(i => i.Component == component && i.Stream == stream)
            ?? throw new ArgumentException($"There is no input {component}/{stream}: give it in BoltTesterOptions.Inputs, with its fields."));

    /// <summary>Gives the bolt a tick, whose value is the tick interval of its options.</summary>
    public void Tick() => Rig.Tick();

    /// <summary>Lets the bolt emit what it gathered, as at the end of all input.</summary>
    /// <exception cref="TestFailureException">An input is still held: in a topology, <c>Finish</c> would not be called.</exception>
    public void Finish() => Rig.Finish();

    /// <summary>Lets time go on, with all that falls due: ticks, the end of asynchronous work that waits by the clock, held tuples that count as forgotten.</summary>
    /// <param name="by">How long.</param>
    /// <exception cref="TestFailureException">The bolt forgot a tuple that it held.</exception>
    public void Advance(TimeSpan by) => Rig.Advance(by);

    /// <summary>The state that the bolt has under a name.</summary>
    /// <exception cref="ArgumentException">It has other types there.</exception>
    public KeyedState<TKey, TValue> KeyedState<TKey, TValue>(string name)
        where TKey : notnull => Rig.State.Get<TKey, TValue>(name);

    /// <summary>Cleans the bolt up.</summary>
    public void Dispose() => _rig?.Dispose();

    internal FedTuple Execute(TestInput input, ReadOnlySpan<Value> values)
    {
        var fed = Rig.Feed(input, values);
        Rig.RunUntilIdle();
        return fed;
    }

    /// <summary>The one input of a bolt whose options name none.</summary>
    internal static IReadOnlyList<TestInput> DefaultInputs(int values) =>
        [new("source", Fields.Create([.. Enumerable.Range(1, values).Select(i => $"field{i}")]))];

    private static BoltTesterOptions WithTime(BoltTesterOptions? options)
    {
        options ??= new BoltTesterOptions();
        return options with { Time = options.Time ?? new ManualTime() };
    }

    private BoltRig Start(IReadOnlyList<TestInput> inputs) => _rig = new BoltRig(_shape, _factory, _options, inputs, InputPace.OneByOne);

    private ImmutableArray<FedTuple> InState(FedState state) => [.. (_rig?.Fed ?? []).Where(f => f.State == state)];
}
