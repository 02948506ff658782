using Topology;

namespace Ingest;

/// <summary>Brings the lines of files into files of rows, so that a line that was acked is on disk.</summary>
public sealed class IngestTopology : ITopology
{
    // Half of it holds a piece of a line; the other half has room for the longest path of Linux, each of its characters escaped.
    private const int LeastMaxValueBytes = 64 * 1024;

    // What a group commit waits for at most: many times an fsync, and little next to the message timeout.
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(50);

    // A line fails because the disk is full or slow, which says nothing about the line: it is never given up.
    private static readonly ReplayPolicy NeverGiveUp = new() { MaxAttempts = int.MaxValue, MaxTimeouts = int.MaxValue, MaxDelay = TimeSpan.FromSeconds(5) };

    /// <inheritdoc/>
    public void Build(TopologyBuilder topology)
    {
        var input = FilesInput.Declare(topology);
        topology.Declare("output", null, "the folder for the rows, one file per task; it is made if it is not there");
        var output = OutputFolder.Checked(topology.Settings["output"], input.Path);
        if (topology.Options.MaxValueBytes < LeastMaxValueBytes)
            throw new SettingException($"Setting 'topology.max-value' is {topology.Options.MaxValueBytes}, but a row needs at least {LeastMaxValueBytes} bytes.");

        topology.SetSpout("lines", () => new LinesSpout(input, NeverGiveUp), parallelism: 2);
        topology.SetBolt("parse", () => new ParseBolt(), parallelism: 2).ShuffleGrouping("lines");
        topology.SetBolt("store", () => new StoreBolt(output), parallelism: 2).ShuffleGrouping("parse").TickEvery(FlushInterval);
    }
}
