namespace Topology.Bench;

/// <summary>The open loop through a loop by hand, whose source records.</summary>
internal sealed class PeersLatency(PeerGroup peers) : ILatencyContender
{
    /// <inheritdoc/>
    public async Task RunAsync(int tuplesPerSecond, TimeSpan settle, TimeSpan window, LatencyHistogram latencies)
    {
        peers.Board.Loop.Start(tuplesPerSecond);
        await peers.Board.Loop.MeasureAsync(settle, window).ConfigureAwait(false);
        peers.Board.Loop.Stop();
        await Task.Delay(20).ConfigureAwait(false);
        await peers.UntilAsync(counters => counters.Acked.Count == counters.Tracked.Count, "what was on its way").ConfigureAwait(false);
        latencies.Take(peers.Board.Latencies);
    }
}
