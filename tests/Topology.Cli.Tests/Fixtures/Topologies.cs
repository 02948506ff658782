namespace Topology.Cli.Tests;

/// <summary>Spouts and bolts that emit nothing; the topologies below are planned, never run.</summary>
internal sealed class NoSpout : Spout
{
    public override Fields Output => ["line"];

    public override bool IsExhausted => true;

    public override void NextTuple(SpoutOutput output)
    {
    }
}

internal sealed class NoBolt : BasicBolt
{
    public override Fields Output => ["word"];

    protected override void Execute(TupleView tuple, AnchoredOutput output)
    {
    }
}

public sealed class LinesTopology : ITopology
{
    public void Build(TopologyBuilder topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        topology.Declare("input", "none", "the file to read");
        topology.SetSpout("lines", () => new NoSpout());
        topology.SetBolt("split", () => new NoBolt(), parallelism: 2).ShuffleGrouping("lines");
        topology.SetBolt("count", () => new NoBolt(), parallelism: 2).FieldsGrouping("split", "word");
    }
}

public sealed class WarnedTopology : ITopology
{
    public void Build(TopologyBuilder topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        topology.SetSpout("lonely", () => new NoSpout());
    }
}

public sealed class InvalidTopology : ITopology
{
    public void Build(TopologyBuilder topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        topology.SetSpout("lines", () => new NoSpout(), parallelism: 0);
        topology.SetBolt("split", () => new NoBolt()).ShuffleGrouping("nobody");
    }
}

public sealed class NeedyTopology : ITopology
{
    public void Build(TopologyBuilder topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        _ = topology.Settings["input"];
    }
}

public sealed class ThrowingBuildTopology : ITopology
{
    public void Build(TopologyBuilder topology) => throw new InvalidOperationException("no such table\nas this");
}

public sealed class ThrowingConstructorTopology : ITopology
{
    public ThrowingConstructorTopology() => throw new InvalidOperationException("no such file");

    public void Build(TopologyBuilder topology)
    {
    }
}

public sealed class ParameterTopology(string name) : ITopology
{
    public void Build(TopologyBuilder topology) => ArgumentNullException.ThrowIfNull(topology, name);
}

internal sealed class HiddenTopology : ITopology
{
    public void Build(TopologyBuilder topology)
    {
    }
}

public abstract class AbstractTopology : ITopology
{
    public abstract void Build(TopologyBuilder topology);
}
