namespace Topology.Testing.Tests;

/// <summary>Counts the words of the sentences that a feeder has.</summary>
internal sealed class WordCountTopology(Feeder sentences, int spouts = 1) : ITopology
{
    public void Build(TopologyBuilder topology)
    {
        topology.SetSpout("lines", () => new FeederSpout(sentences), spouts);
        topology.SetBolt("split", () => new SplitBolt(), parallelism: 2).ShuffleGrouping("lines");
        topology.SetBolt("count", () => new CountBolt(), parallelism: 2).FieldsGrouping("split", "word");
    }
}
