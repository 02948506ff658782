using Topology.Testing;

namespace Topology.Architecture.Tests.Context;

/// <summary>The topology of this name that doc comments speak of: it counts the words of its own source, or of a feeder's.</summary>
public sealed class WordCountTopology(Feeder? sentences = null) : ITopology
{
    public void Build(TopologyBuilder topology)
    {
        topology.SetSpout("lines", () => new FeederSpout(sentences ?? new Feeder(["sentence"])));
        topology.SetBolt("split", () => new SplitBolt()).ShuffleGrouping("lines");
        topology.SetBolt("count", () => new CountBolt()).FieldsGrouping("split", "word");
    }
}
