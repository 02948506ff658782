namespace Topology.EndToEnd.Topologies;

/// <summary>What <see cref="RelayTopology"/> is, but for its last bolts, which block in a row while there is a file <c>hold</c>.</summary>
public sealed class HoldTopology : ITopology
{
    private const int Parallelism = 3;

    /// <inheritdoc/>
    public void Build(TopologyBuilder topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        var folder = topology.Settings["folder"];
        topology.SetSpout("numbers", () => new NumberSpout(folder), Parallelism);
        topology.SetBolt("mark", () => new MarkBolt(), Parallelism).ShuffleGrouping("numbers");
        topology.SetBolt("record", () => new HoldBolt(folder), Parallelism).ShuffleGrouping("mark");
    }
}
