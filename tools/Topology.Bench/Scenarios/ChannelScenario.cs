namespace Topology.Bench;

/// <summary>The baseline of the hops by itself, and a channel of arrays beside it, which is what batching by hand would win.</summary>
internal sealed class ChannelScenario : IScenario
{
    /// <inheritdoc/>
    public string Name => "channel";

    /// <inheritdoc/>
    public string Summary => "the baseline of the hops by itself: a bounded channel of 4,096, the faster of two styles, and one of arrays";

    /// <inheritdoc/>
    public string Unit => "items/s";

    /// <inheritdoc/>
    public string? BaselineName => null;

    /// <inheritdoc/>
    public Goal Goal => Goal.None;

    /// <inheritdoc/>
    public async Task<RoundResult> MeasureAsync(TimeSpan window)
    {
        var readings = await Turns.TakeAsync(
            window,
            new ChannelBaseline(ChannelStyle.Spinning),
            new ChannelBaseline(ChannelStyle.Async),
            new ChannelBaseline(ChannelStyle.Arrays)).ConfigureAwait(false);
        return RoundResult.Of(Math.Max(readings[0].Rate, readings[1].Rate))
            .With("channelSpinning", readings[0].Rate)
            .With("channelAsync", readings[1].Rate)
            .With("channelOfArrays", readings[2].Rate);
    }
}
