using System.Collections.Immutable;
using System.Reflection;

namespace Topology.Testing;

/// <summary>
/// Runs whole topologies from given tuples to their end, in a <see cref="SimulatedCluster"/>: at once, and the same every time.
/// </summary>
/// <example>
/// <code>
/// var results = CompleteTopology.Run(
///     new WordCountTopology(),
///     new MockedSources { { "lines", ["the cow"], ["the moon"] } });
/// results["split"].ShouldBeInAnyOrder(["the"], ["cow"], ["the"], ["moon"]);
/// results["count"].ShouldBeInAnyOrder(["the", 1], ["cow", 1], ["the", 2], ["moon", 1]);
/// Assert.That(results.Failed, Is.Empty);
/// </code>
/// </example>
public static class CompleteTopology
{
    /// <summary>Builds a topology, has its spouts emit the tuples given, each once and tracked, and runs it until all of them are done.</summary>
    /// <param name="topology">What to build.</param>
    /// <param name="sources">What its spouts emit. A spout that is not named here runs itself, and must become exhausted; null for none named.</param>
    /// <param name="settings">Settings that go before what the code says.</param>
    /// <param name="options">The seed and the clock; null for the defaults.</param>
    /// <exception cref="InvalidTopologyException">It cannot run; every error is listed.</exception>
    /// <exception cref="ArgumentException">A source is no spout of it, a tuple is not as its stream, or a spout that is not mocked would never become exhausted.</exception>
    /// <exception cref="TestFailureException">The run failed, or did not end within an hour of its clock.</exception>
    public static CompletedTopology Run(
        ITopology topology,
        MockedSources? sources = null,
        IReadOnlyDictionary<string, string>? settings = null,
        SimulationOptions? options = null)
    {
        var plan = TopologyPlanner.Plan(topology, null, settings);
        var feeders = new List<Feeder>();
        var mocked = plan;
        foreach (var (component, tuples) in sources ?? [])
        {
            var feeder = Mock(plan, component, tuples);
            feeders.Add(feeder);
            mocked = mocked.Replace(component, () => new FeederSpout(feeder), new FeederSpout(feeder));
        }

        CheckSpouts(plan, (sources ?? []).Select(s => s.Key));
        return Run(mocked, feeders, options);
    }

    private static CompletedTopology Run(TopologyPlan plan, List<Feeder> feeders, SimulationOptions? options)
    {
        using var cluster = new SimulatedCluster((options ?? new SimulationOptions()) with { ObservesTuples = true });
        var run = cluster.Submit(plan);
        var emitted = new List<EmittedTuple>();
        run.Observed.Keep = emitted.Add;
        var result = run.RunToCompletion();
        return result.Failure is { } failure
            ? throw new TestFailureException($"The run failed: {failure.Message}", failure)
            : new CompletedTopology(plan, emitted, result, [.. feeders.SelectMany(f => f.Failed)]);
    }

    private static Feeder Mock(TopologyPlan plan, string component, ImmutableArray<TestTuple> tuples)
    {
        var spouts = plan.Components.Where(c => c.Kind == ComponentKind.Spout).ToArray();
        var spout = Array.Find(spouts, c => c.Id == component)
            ?? throw new ArgumentException($"'{component}' is mocked, but is no spout of topology '{plan.Name}': {Spelling.Hint(component, spouts.Select(c => c.Id), "its spouts are")}");
        var feeder = new Feeder(spout.Streams[0].Fields);
        foreach (var tuple in tuples)
        {
            CheckTuple(spout, tuple);
            feeder.FeedUnchecked(tuple.Stream, tuple.Values);
        }

        feeder.End();
        return feeder;
    }

    private static void CheckTuple(ComponentPlan spout, TestTuple tuple)
    {
        var stream = spout.Streams.FirstOrDefault(s => s.Name == tuple.Stream)
            ?? throw new ArgumentException($"Spout '{spout.Id}' cannot emit {tuple}: {Spelling.Hint(tuple.Stream, spout.Streams.Select(s => s.Name), "its streams are")}");
        if (stream.IsDirect) throw new ArgumentException($"Spout '{spout.Id}' cannot be mocked to emit {tuple}, since its stream is direct.");
        if (stream.Fields.Count != tuple.Count)
            throw new ArgumentException($"Spout '{spout.Id}' cannot emit {tuple}: it has {tuple.Count} values, and its stream {stream.Fields.Count} fields {stream.Fields}.");
    }

    private static void CheckSpouts(TopologyPlan plan, IEnumerable<string> mocked)
    {
        var endless = plan.Components
            .Where(c => c.Kind == ComponentKind.Spout && !mocked.Contains(c.Id) && !SaysWhenExhausted(c.Factory().GetType()))
            .Select(c => $"'{c.Id}'")
            .ToArray();
        if (endless.Length == 0) return;
        throw new ArgumentException(
            $"{string.Join(", ", endless)} would never become exhausted, so the run would not end: give {(endless.Length == 1 ? "it" : "them")} tuples in MockedSources, or override IsExhausted (in a ReplayingSpout, IsEndOfRecords).");
    }

    /// <summary>Whether a spout's class overrides what says that nothing more will come.</summary>
    private static bool SaysWhenExhausted(Type spout)
    {
        var declaring = DeclaringTypeOf(spout, nameof(SpoutBase.IsExhausted));
        return declaring == typeof(ReplayingSpout<>) ? DeclaringTypeOf(spout, "IsEndOfRecords") != declaring : declaring != typeof(SpoutBase);
    }

    private static Type DeclaringTypeOf(Type spout, string property)
    {
        var declaring = spout.GetProperty(property, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.DeclaringType!;
        return declaring.IsGenericType ? declaring.GetGenericTypeDefinition() : declaring;
    }
}
