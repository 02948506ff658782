namespace Topology;

/// <summary>
/// What a user writes to describe a topology. Every worker makes an instance by the parameterless constructor and calls <see cref="Build"/>, so it must
/// build the same thing each time.
/// </summary>
public interface ITopology
{
    /// <summary>Adds the spouts and bolts and wires them.</summary>
    void Build(TopologyBuilder topology);
}
