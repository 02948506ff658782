namespace Topology.EndToEnd.Topologies;

/// <summary>User code that throws where the setting <c>where</c> says: in Build, in Prepare or in Open, or that needs an assembly in one of them.</summary>
public sealed class ThrowingTopology : ITopology
{
    /// <inheritdoc/>
    public void Build(TopologyBuilder topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        var where = topology.Settings["where"];
        if (where == "build") throw new InvalidOperationException("thrown in Build on purpose");
        if (where == "needs in build") Need.Assembly();
        topology.SetSpout("nothing", () => new ThrowingSpout(where));
        topology.SetBolt("end", () => new ThrowingBolt(where)).ShuffleGrouping("nothing");
    }
}
