namespace Topology.Bench;

/// <summary>Word count, tracked, against TPL Dataflow doing the same untracked; the baseline is the faster of its two styles.</summary>
internal sealed class WordCountScenario : IScenario
{
    /// <inheritdoc/>
    public string Name => "wordcount";

    /// <inheritdoc/>
    public string Summary => "sentences, 2 split, 2 count by fields grouping, tracked; at least 3 × TPL Dataflow untracked";

    /// <inheritdoc/>
    public string Unit => "words/s";

    /// <inheritdoc/>
    public string? BaselineName => "dataflow";

    /// <inheritdoc/>
    public Goal Goal => Goal.RatioAtLeast(3);

    /// <inheritdoc/>
    public async Task<RoundResult> MeasureAsync(TimeSpan window)
    {
        var topology = new TopologyContender(counters => new WordCountTopology(counters), counters => counters.Received.Count);
        var readings = await Turns.TakeAsync(window, topology, new DataflowWordCount(DataflowStyle.Linked), new DataflowWordCount(DataflowStyle.Posting)).ConfigureAwait(false);
        return RoundResult.Of(readings[0].Rate, Math.Max(readings[1].Rate, readings[2].Rate))
            .With("bytesPerTuple", readings[0].BytesPerTuple)
            .With("dataflowLinked", readings[1].Rate)
            .With("dataflowPosting", readings[2].Rate);
    }
}
