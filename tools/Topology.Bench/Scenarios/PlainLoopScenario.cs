namespace Topology.Bench;

/// <summary>Word count in one plain loop, as information: what the work itself takes, and what Dataflow makes of it.</summary>
internal sealed class PlainLoopScenario : IScenario
{
    /// <inheritdoc/>
    public string Name => "plain-loop";

    /// <inheritdoc/>
    public string Summary => "word count as one plain loop on one thread, and in TPL Dataflow";

    /// <inheritdoc/>
    public string Unit => "words/s";

    /// <inheritdoc/>
    public string? BaselineName => null;

    /// <inheritdoc/>
    public Goal Goal => Goal.None;

    /// <inheritdoc/>
    public async Task<RoundResult> MeasureAsync(TimeSpan window)
    {
        var readings = await Turns.TakeAsync(
            window,
            new PlainLoopWordCount(),
            new DataflowWordCount(DataflowStyle.Linked),
            new DataflowWordCount(DataflowStyle.Posting)).ConfigureAwait(false);
        return RoundResult.Of(readings[0].Rate)
            .With("dataflowLinked", readings[1].Rate)
            .With("dataflowPosting", readings[2].Rate);
    }
}
