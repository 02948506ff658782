namespace Topology;

/// <summary>Takes the components of a topology and makes the plan.</summary>
public sealed class TopologyBuilder
{
}
