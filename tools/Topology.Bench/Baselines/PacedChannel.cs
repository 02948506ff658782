using System.Threading.Channels;

namespace Topology.Bench;

/// <summary>
/// The open loop of the latency scenario through channels: one thread writes what is due and reads completions, never waiting, as a spout and its acker share a
/// loop; a reader on the pool awaits items and writes the number of each to the channel of completions.
/// </summary>
internal sealed class PacedChannel : ILatencyContender
{
    private const int Capacity = 4_096;

    private bool _stopping;

    /// <inheritdoc/>
    public async Task RunAsync(int tuplesPerSecond, TimeSpan settle, TimeSpan window, LatencyHistogram latencies)
    {
        _stopping = false;
        var items = NewChannel<(string, long)>();
        var completions = NewChannel<long>();
        var loop = new OpenLoop(tuplesPerSecond);
        var work = Task.WhenAll(
            OwnThread.Run(() => Produce(loop, items.Writer, completions.Reader, latencies)),
            Task.Run(() => ConsumeAsync(items.Reader, completions.Writer)));

        await loop.MeasureAsync(settle, window).ConfigureAwait(false);
        Volatile.Write(ref _stopping, true);
        await work.ConfigureAwait(false);
    }

    private void Produce(OpenLoop loop, ChannelWriter<(string, long)> items, ChannelReader<long> completions, LatencyHistogram latencies)
    {
        var written = 0L;
        var epoch = loop.Epoch;
        for (var completed = 0L; completed < written || !Volatile.Read(ref _stopping);)
        {
            var due = Volatile.Read(ref _stopping) ? written : loop.Due;
            while (written < due && items.TryWrite((Payload.TextOf(written), written))) written++;
            for (; completions.TryRead(out var number); completed++) loop.Complete(epoch, number, latencies);
        }

        items.Complete();
    }

    private static async Task ConsumeAsync(ChannelReader<(string, long)> items, ChannelWriter<long> completions)
    {
        await foreach (var item in items.ReadAllAsync().ConfigureAwait(false)) await completions.WriteAsync(item.Item2).ConfigureAwait(false);
    }

    private static Channel<T> NewChannel<T>() =>
        Channel.CreateBounded<T>(new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });
}
