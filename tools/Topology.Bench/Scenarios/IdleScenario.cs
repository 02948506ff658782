using System.Diagnostics;

namespace Topology.Bench;

/// <summary>The processor time that a running topology takes while its spout has nothing.</summary>
internal sealed class IdleScenario : IScenario
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public string Name => "idle";

    /// <inheritdoc/>
    public string Summary => "processor time of a topology whose spout has nothing, over 10 s; ≤ 0.6 % of one core (no --seconds)";

    /// <inheritdoc/>
    public string Unit => "% of one core";

    /// <inheritdoc/>
    public string? BaselineName => null;

    /// <inheritdoc/>
    public Goal Goal => Goal.ValueAtMost(0.6);

    /// <inheritdoc/>
    public async Task<RoundResult> MeasureAsync(TimeSpan window)
    {
        var counters = new RunCounters();
        var run = new TopologyRun(new QuietTopology(counters));
        await using (run.ConfigureAwait(false))
        {
            await Task.Delay(Settle).ConfigureAwait(false);
            var asked = counters.Asked.Count;
            var start = Stopwatch.GetTimestamp();
            var used = Environment.CpuUsage.TotalTime;
            await Task.Delay(Length).ConfigureAwait(false);
            used = Environment.CpuUsage.TotalTime - used;
            var elapsed = Stopwatch.GetElapsedTime(start);
            asked = counters.Asked.Count - asked;
            await run.StopAsync().ConfigureAwait(false);

            // An engine that never asks uses no processor time either.
            if (asked == 0) throw new BenchException("the spout was never asked for a tuple");
            return RoundResult.Of(100 * used / elapsed).With("asksPerSecond", asked / elapsed.TotalSeconds);
        }
    }
}
