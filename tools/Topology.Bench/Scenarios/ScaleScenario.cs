using System.Diagnostics;

namespace Topology.Bench;

/// <summary>What a tuple costs where there are many executors, and what they weigh: 100 × 100 against 2 × 2, on the same loops.</summary>
internal sealed class ScaleScenario : IScenario
{
    private const double Megabyte = 1024 * 1024;

    /// <inheritdoc/>
    public string Name => "scale";

    /// <inheritdoc/>
    public string Summary => "100 spouts × 100 bolts by fields grouping, tracked; cost per tuple ≤ 1.3 × that of 2 × 2, the whole process ≤ 200 MB";

    /// <inheritdoc/>
    public string Unit => "ns/tuple";

    /// <inheritdoc/>
    public string? BaselineName => "2x2";

    /// <inheritdoc/>
    public Goal Goal => Goal.RatioAtMost(1.3).And("peakMb", 200);

    /// <inheritdoc/>
    public async Task<RoundResult> MeasureAsync(TimeSpan window)
    {
        using var heap = new PeakHeap();
        var readings = await Turns.TakeAsync(window, Grid(100), Grid(2)).ConfigureAwait(false);
        using var process = Process.GetCurrentProcess();
        return RoundResult.Of(readings[0].NanosecondsPerTuple, readings[1].NanosecondsPerTuple)
            .With("peakMb", process.PeakWorkingSet64 / Megabyte)
            .With("peakHeapMb", heap.Bytes / Megabyte)
            .With("bytesPerTuple", readings[0].BytesPerTuple);
    }

    private static TopologyContender Grid(int width) => new(counters => new GridTopology(counters, width), counters => counters.Acked.Count);
}
