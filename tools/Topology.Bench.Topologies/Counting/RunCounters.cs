namespace Topology.Bench;

/// <summary>
/// What the components of one run count themselves, beside the engine's own metrics, so that a rate does not rest on what it measures, and a loss shows.
/// </summary>
/// <param name="block">Where the counters are.</param>
internal sealed class RunCounters(LongBlock block)
{
    /// <summary>How many numbers they take: those of the eight counters below.</summary>
    public const int Length = 8 * TupleCounter.Length;

    /// <summary>Counters in memory of this process.</summary>
    public RunCounters() : this(new LongBlock(Length))
    {
    }

    /// <summary>Tuples that the sinks must receive.</summary>
    public TupleCounter Expected { get; } = CounterAt(block, 0);

    /// <summary>Tuples that the sinks received.</summary>
    public TupleCounter Received { get; } = CounterAt(block, 1);

    /// <summary>Tuples that spouts emitted tracked.</summary>
    public TupleCounter Tracked { get; } = CounterAt(block, 2);

    /// <summary>Acks that spouts got.</summary>
    public TupleCounter Acked { get; } = CounterAt(block, 3);

    /// <summary>Fails that spouts got.</summary>
    public TupleCounter Failed { get; } = CounterAt(block, 4);

    /// <summary>Received by sinks that never block, where others do.</summary>
    public TupleCounter Undisturbed { get; } = CounterAt(block, 5);

    /// <summary>How many times a component blocked.</summary>
    public TupleCounter Blocks { get; } = CounterAt(block, 6);

    /// <summary>How many times a spout was asked and had nothing.</summary>
    public TupleCounter Asked { get; } = CounterAt(block, 7);

    /// <summary>Checks a run that has drained: everything arrived, and everything tracked was acked.</summary>
    /// <exception cref="BenchException">It did not: a rate of such a run means nothing.</exception>
    public void Check()
    {
        if (Received.Count != Expected.Count) throw new BenchException($"{Expected.Count:N0} tuples were sent and {Received.Count:N0} received");
        if (Failed.Count > 0) throw new BenchException($"{Failed.Count:N0} trees failed");
        if (Acked.Count != Tracked.Count) throw new BenchException($"{Tracked.Count:N0} trees were emitted and {Acked.Count:N0} acked");
    }

    private static TupleCounter CounterAt(LongBlock block, int place) => new(block.Slice(place * TupleCounter.Length, TupleCounter.Length));
}
