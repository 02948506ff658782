namespace Topology.EndToEnd.Topologies;

/// <summary>Builds another topology each time: it has as many tasks as it was built before, which the file of the setting <c>built</c> counts.</summary>
public sealed class ChangingTopology : ITopology
{
    /// <inheritdoc/>
    public void Build(TopologyBuilder topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        File.AppendAllText(topology.Settings["built"], "x");
        var times = (int)new FileInfo(topology.Settings["built"]).Length;
        topology.SetSpout("nothing", () => new ThrowingSpout("nowhere"));
        topology.SetBolt("end", () => new ThrowingBolt("nowhere"), parallelism: times).ShuffleGrouping("nothing");
    }
}
