namespace Topology.Testing.Tests;

/// <summary>Counts the words of the sentences that a feeder has; of none, where there is no feeder.</summary>
internal sealed class WordCountTopology(Feeder? sentences = null, int spouts = 1) : ITopology
{
    public void Build(TopologyBuilder topology)
    {
        var feeder = sentences ?? new Feeder(["sentence"]);
        topology.SetSpout("lines", () => new FeederSpout(feeder), spouts);
        topology.SetBolt("split", () => new SplitBolt(), parallelism: 2).ShuffleGrouping("lines");
        topology.SetBolt("count", () => new CountBolt(), parallelism: 2).FieldsGrouping("split", "word");
    }
}
