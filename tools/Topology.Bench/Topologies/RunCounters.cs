namespace Topology.Bench;

/// <summary>
/// What the components of one run count themselves, beside the engine's own metrics, so that a rate does not rest on what it measures, and a loss shows.
/// </summary>
internal sealed class RunCounters
{
    /// <summary>Tuples that the sinks must receive.</summary>
    public TupleCounter Expected { get; } = new();

    /// <summary>Tuples that the sinks received.</summary>
    public TupleCounter Received { get; } = new();

    /// <summary>Tuples that spouts emitted tracked.</summary>
    public TupleCounter Tracked { get; } = new();

    /// <summary>Acks that spouts got.</summary>
    public TupleCounter Acked { get; } = new();

    /// <summary>Fails that spouts got.</summary>
    public TupleCounter Failed { get; } = new();

    /// <summary>Received by sinks that never block, where others do.</summary>
    public TupleCounter Undisturbed { get; } = new();

    /// <summary>How many times a component blocked.</summary>
    public TupleCounter Blocks { get; } = new();

    /// <summary>How many times a spout was asked and had nothing.</summary>
    public TupleCounter Asked { get; } = new();

    /// <summary>Checks a run that has drained: everything arrived, and everything tracked was acked.</summary>
    /// <exception cref="BenchException">It did not: a rate of such a run means nothing.</exception>
    public void Check()
    {
        if (Received.Count != Expected.Count) throw new BenchException($"{Expected.Count:N0} tuples were sent and {Received.Count:N0} received");
        if (Failed.Count > 0) throw new BenchException($"{Failed.Count:N0} trees failed");
        if (Acked.Count != Tracked.Count) throw new BenchException($"{Tracked.Count:N0} trees were emitted and {Acked.Count:N0} acked");
    }
}
