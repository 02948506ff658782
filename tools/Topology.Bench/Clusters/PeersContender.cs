namespace Topology.Bench;

/// <summary>Measures how much a loop by hand gets done.</summary>
/// <param name="peers">The loop.</param>
/// <param name="done">What counts as done.</param>
/// <param name="begun">What of that is to be done at the end.</param>
internal sealed class PeersContender(PeerGroup peers, Func<RunCounters, long> done, Func<RunCounters, long> begun) : IContender
{
    /// <inheritdoc/>
    public async Task<Reading> RunAsync(TimeSpan settle, TimeSpan window)
    {
        var before = done(peers.Board.Counters);
        peers.Board.IsOpen = true;
        await peers.UntilAsync(counters => done(counters) > before, "its connections").ConfigureAwait(false);
        var reading = await Window.ReadAsync(() => done(peers.Board.Counters), settle, window).ConfigureAwait(false);
        peers.Board.IsOpen = false;
        await Task.Delay(20).ConfigureAwait(false);
        await peers.UntilAsync(counters => done(counters) == begun(counters), "what was on its way").ConfigureAwait(false);
        return reading;
    }
}
