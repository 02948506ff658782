namespace Topology.Bench;

/// <summary>Measures a topology and, in turns with it, one hop through a channel.</summary>
internal static class ChannelRace
{
    /// <summary>What results call the baseline.</summary>
    public const string BaselineName = "channel";

    /// <summary>Measures a round. The channel's rate is that of its faster style.</summary>
    public static async Task<RoundResult> MeasureAsync(IContender figure, TimeSpan window)
    {
        var readings = await Turns.TakeAsync(window, figure, new ChannelBaseline(ChannelStyle.Spinning), new ChannelBaseline(ChannelStyle.Async)).ConfigureAwait(false);
        return RoundResult.Of(readings[0].Rate, Math.Max(readings[1].Rate, readings[2].Rate))
            .With("bytesPerTuple", readings[0].BytesPerTuple)
            .With("channelSpinning", readings[1].Rate)
            .With("channelAsync", readings[2].Rate);
    }
}
