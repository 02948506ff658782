using System.Globalization;

namespace Topology.EndToEnd.Topologies;

/// <summary>Numbers that pass from process to process into files that tell which: what was accepted from whom can be counted afterwards.</summary>
public sealed class RelayTopology : ITopology
{
    /// <inheritdoc/>
    public void Build(TopologyBuilder topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        var (count, output) = (long.Parse(topology.Settings["count"], CultureInfo.InvariantCulture), topology.Settings["output"]);
        topology.SetSpout("numbers", () => new NumberSpout(count), parallelism: 3);
        topology.SetBolt("mark", () => new MarkBolt(), parallelism: 3).ShuffleGrouping("numbers");
        topology.SetBolt("record", () => new RecordBolt(output), parallelism: 3).ShuffleGrouping("mark");
    }
}
