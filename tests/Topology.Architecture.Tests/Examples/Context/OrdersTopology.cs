namespace Topology.Architecture.Tests.Context;

/// <summary>The topology of this name that doc comments speak of: workers build it by themselves.</summary>
public sealed class OrdersTopology : ITopology
{
    public void Build(TopologyBuilder topology)
    {
        topology.SetSpout("orders", () => new OrderSpout(new OrderQueue()));
        topology.SetBolt("count", () => new CountBolt()).FieldsGrouping("orders", "order");
    }
}
