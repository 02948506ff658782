using System.Diagnostics;

namespace Topology.Bench;

/// <summary>
/// Managed memory of a pending tree: the spout's entry with its message id of 8 bytes, and the acker's.
/// </summary>
/// <remarks>
/// <para>Each heap is read whole after a full collection, with every tree pending and nothing on its way. The slope between 16,384 and 1,000,000 pending trees leaves out
/// what does not grow: code, lanes, the topology itself. An empty topology would be the wrong thing to subtract, since tables are sized when it starts; so would a heap read
/// before the run, which may still hold the run before.</para>
/// <para>Somebody has to hold the tuples, and what was held costs too. It is measured, not assumed: with one bolt that holds every tuple a tree costs t + h, with two
/// bolts that each do t + 2h, since both tuples are of the same tree. So h is the difference of the two slopes, and t is what is left of the first. The spout keeps no
/// record: it emits numbers and texts of a fixed set.</para>
/// </remarks>
internal sealed class PendingScenario : IScenario
{
    private const int Few = 16_384;
    private const int Many = 1_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public string Name => "pending";

    /// <inheritdoc/>
    public string Summary => "managed memory per pending tree (spout entry and acker) at 1,000,000 pending; ≤ 40 bytes (no --seconds)";

    /// <inheritdoc/>
    public string Unit => "bytes/tree";

    /// <inheritdoc/>
    public string? BaselineName => null;

    /// <inheritdoc/>
    public Goal Goal => Goal.ValueAtMost(40);

    /// <inheritdoc/>
    public async Task<RoundResult> MeasureAsync(TimeSpan window)
    {
        // The first run pays for what is made once per process.
        await HeapAsync(Few, holders: 2).ConfigureAwait(false);
        var one = await SlopeAsync(holders: 1).ConfigureAwait(false);
        var two = await SlopeAsync(holders: 2).ConfigureAwait(false);
        var held = two - one;
        return one > held && held > 0
            ? RoundResult.Of(one - held).With("heldBytes", held)
            : throw new BenchException($"the heaps make no sense: {one:0.0} bytes per tree with one holder, {two:0.0} with two");
    }

    private static async Task<double> SlopeAsync(int holders)
    {
        var few = await HeapAsync(Few, holders).ConfigureAwait(false);
        var many = await HeapAsync(Many, holders).ConfigureAwait(false);
        return (double)(many - few) / (Many - Few);
    }

    private static async Task<long> HeapAsync(int pending, int holders)
    {
        var counters = new RunCounters();
        var run = new TopologyRun(new PendingTopology(counters, pending, holders));
        await using (run.ConfigureAwait(false))
        {
            var start = Stopwatch.GetTimestamp();
            while (counters.Received.Count < (long)pending * holders)
            {
                if (Stopwatch.GetElapsedTime(start) > Patience) throw new BenchException($"only {counters.Received.Count:N0} tuples of {(long)pending * holders:N0} were held");
                await Task.Delay(10).ConfigureAwait(false);
            }

            // What the acker still has to read is on its way; batches go back to their pools.
            await Task.Delay(Quiet).ConfigureAwait(false);
            if (counters.Tracked.Count != pending || counters.Acked.Count + counters.Failed.Count > 0)
                throw new BenchException($"{counters.Tracked.Count - counters.Acked.Count - counters.Failed.Count:N0} trees are pending, not {pending:N0}");
            return GC.GetTotalMemory(forceFullCollection: true);
        }
    }
}
