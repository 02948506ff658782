namespace Topology.Testing;

/// <summary>Runs the same inputs through fresh instances of a bolt at every pace, and compares.</summary>
internal sealed class BoltVerification(Func<IBolt> factory, IReadOnlyList<TestTuple> inputs, IReadOnlyList<TestTuple> expected, BoltTesterOptions options)
{
    private readonly IReadOnlyList<TestInput> _streams = options.Inputs is { Count: > 0 } given ? given : BoltTester.DefaultInputs(inputs.Count == 0 ? 0 : inputs[0].Count);

    public void Run()
    {
        IReadOnlyList<int>? failed = null;
        foreach (var pace in Enum.GetValues<InputPace>())
        {
            var failedNow = Run(pace);
            if (failed is not null && !failed.SequenceEqual(failedNow))
                throw new TestFailureException($"The bolt failed other inputs {Describe(pace)} than {Describe(InputPace.OneByOne)}: {List(failedNow)}, not {List(failed)}.");
            failed = failedNow;
        }
    }

    private List<int> Run(InputPace pace)
    {
        try
        {
            return RunOnce(pace);
        }
        catch (TestFailureException failure)
        {
            throw new TestFailureException($"With its inputs {Describe(pace)}: {failure.Message}", failure.InnerException);
        }
    }

    /// <summary>Returns the indexes of the inputs that the bolt failed.</summary>
    private List<int> RunOnce(InputPace pace)
    {
        var shape = factory();
        // Each run has a clock of its own, so that all begin at the same time.
        using var rig = new BoltRig(shape, factory, options with { Time = new ManualTime(options.Time?.GetUtcNow()) }, _streams, pace);
        foreach (var input in inputs)
        {
            rig.Feed(rig.InputOn(input.Stream), input.Values);
            if (pace == InputPace.OneByOne) rig.RunUntilIdle();
        }

        rig.RunUntilIdle();
        if (options.TickInterval > TimeSpan.Zero) rig.Tick();
        rig.Finish();
        if (rig.Errors is [{ } error, ..]) throw new TestFailureException($"The bolt threw: {error}", error.Error);
        TupleComparison.Check([.. expected], [.. rig.Emitted], inAnyOrder: shape is AsyncBolt, "emitted");
        return [.. rig.Fed.Index().Where(f => f.Item.State == FedState.Failed).Select(f => f.Index)];
    }

    private static string Describe(InputPace pace) => pace switch
    {
        InputPace.OneByOne => "one by one",
        InputPace.Batch => "in a batch",
        _ => "in a batch and its outbox full after each tuple emitted",
    };

    private static string List(IEnumerable<int> indexes) => indexes.Any() ? $"those at {string.Join(", ", indexes)}" : "none";
}
