namespace Topology.EndToEnd.Topologies;

/// <summary>Numbers that pass from process to process into files that tell which: what was accepted from whom can be counted afterwards. It runs until there is a file <c>stop</c>.</summary>
public sealed class RelayTopology : ITopology
{
    private const int Parallelism = 3;

    /// <inheritdoc/>
    public void Build(TopologyBuilder topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        var folder = topology.Settings["folder"];
        topology.SetSpout("numbers", () => new NumberSpout(folder), Parallelism);
        topology.SetBolt("mark", () => new MarkBolt(), Parallelism).ShuffleGrouping("numbers");
        topology.SetBolt("record", () => new RecordBolt(folder), Parallelism).ShuffleGrouping("mark");
    }
}
