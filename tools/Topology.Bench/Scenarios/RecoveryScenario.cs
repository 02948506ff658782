using System.Diagnostics;
using Topology.Cluster;

namespace Topology.Bench;

/// <summary>
/// How long a topology under half of the load that it can take is without a worker that is killed: to the first ack of a tuple that the worker in its place has executed, and to the end of the first quarter of a second
/// at 0.9 of the rate before. What became due meanwhile is emitted as soon as possible, as from a queue.
/// </summary>
internal sealed class RecoveryScenario : IScenario
{
    // Spouts are dealt first, so the sink is in the second worker.
    private const int SinkWorker = 1;
    private const double Unlimited = 1e9;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Bin = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public string Name => "recovery";

    /// <inheritdoc/>
    public string Summary => "kill -9 of a worker at half load, to the first ack of the worker in its place ≤ 2 s, to 0.9 of the rate ≤ 5 s";

    /// <inheritdoc/>
    public string Unit => "s";

    /// <inheritdoc/>
    public string? BaselineName => null;

    /// <inheritdoc/>
    public Goal Goal => Goal.ValueAtMost(2).And("rateBackSeconds", 5);

    /// <inheritdoc/>
    public async Task<RoundResult> MeasureAsync(TimeSpan window)
    {
        await using var cluster = await BenchCluster.StartAsync().ConfigureAwait(false);
        await using var run = await cluster.SubmitAsync<PacedWorkers>(2).ConfigureAwait(false);
        var sink = (await run.ProcessesAsync().ConfigureAwait(false))[SinkWorker];
        var full = await RateAsync(run, Unlimited, window).ConfigureAwait(false);
        run.Board.Loop.Stop();
        await run.DrainAsync().ConfigureAwait(false);
        run.Board.Counters.Check();
        var half = await RateAsync(run, full / 2, window).ConfigureAwait(false);

        var killed = Stopwatch.GetTimestamp();
        await WatchedProcess.Adopt(sink).KillAsync().ConfigureAwait(false);
        var acked = await FirstAckAsync(run, killed).ConfigureAwait(false);
        var back = await RateBackAsync(run, 0.9 * half, killed).ConfigureAwait(false);
        run.Board.Loop.Stop();
        await run.DrainAsync().ConfigureAwait(false);
        return RoundResult.Of(acked.TotalSeconds)
            .With("rateBackSeconds", back.TotalSeconds)
            .With("rateBefore", half)
            .With("fullRate", full)
            .With("failedTrees", run.Board.Counters.Failed.Count);
    }

    private static async Task<double> RateAsync(WorkersRun run, double tuplesPerSecond, TimeSpan window)
    {
        run.Board.Loop.Start(tuplesPerSecond);
        return (await Window.ReadAsync(() => run.Board.Counters.Acked.Count, WarmUp, window).ConfigureAwait(false)).Rate;
    }

    private static async Task<TimeSpan> FirstAckAsync(WorkersRun run, long since)
    {
        // Only the worker that is dead now has executed anything, so what is executed more is so by the next one.
        var received = run.Board.Counters.Received.Count;
        await run.UntilAsync(counters => counters.Received.Count > received, "a tuple at the worker in the place of the killed one").ConfigureAwait(false);
        var acked = run.Board.Counters.Acked.Count;
        await run.UntilAsync(counters => counters.Acked.Count > acked, "an ack after the loss of a worker").ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(since);
    }

    private static async Task<TimeSpan> RateBackAsync(WorkersRun run, double rate, long since)
    {
        while (true)
        {
            var bin = await Window.ReadAsync(() => run.Board.Counters.Acked.Count, TimeSpan.Zero, Bin).ConfigureAwait(false);
            var elapsed = Stopwatch.GetElapsedTime(since);
            if (bin.Rate >= rate) return elapsed;
            if (elapsed > TimeSpan.FromMinutes(1)) throw new BenchException($"a minute after the loss of a worker the rate is {bin.Rate:N0} tuples/s, not {rate:N0}");
        }
    }
}
