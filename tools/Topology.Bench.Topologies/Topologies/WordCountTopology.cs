namespace Topology.Bench;

/// <summary>Sentences, split by two executors, counted by two; tracked, all options at their defaults.</summary>
internal sealed class WordCountTopology(RunCounters counters) : ITopology
{
    /// <inheritdoc/>
    public void Build(TopologyBuilder topology)
    {
        topology.SetSpout("sentences", () => new SentenceSpout(counters));
        topology.SetBolt("split", () => new SplitBolt(), parallelism: 2).ShuffleGrouping("sentences");
        topology.SetBolt("count", () => new WordCountBolt(counters), parallelism: 2).FieldsGrouping("split", "word");
    }
}
