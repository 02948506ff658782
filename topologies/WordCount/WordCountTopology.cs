using Topology;

namespace WordCount;

/// <summary>Counts the words of a file or a folder and writes them, the most frequent first.</summary>
public sealed class WordCountTopology : ITopology
{
    // A spout's tuple is a block of text: 1,024 of them are 4 MiB of text and about 350,000 words on their way.
    private const int MaxBlocksPending = 1_024;

    /// <inheritdoc/>
    public void Build(TopologyBuilder topology)
    {
        var input = TextInput.Declare(topology);
        topology.Declare("output", "counts.tsv", "the file to write: a line per word, word<TAB>count");
        var output = WordTable.CheckedPath("output", topology.Settings["output"]);

        topology.SetSpout("lines", () => new TextSpout(input)).MaxSpoutPending(MaxBlocksPending);
        topology.SetBolt("split", () => new SplitBolt(), parallelism: 2).ShuffleGrouping("lines");
        topology.SetBolt("count", () => new CountBolt(), parallelism: 2).FieldsGrouping("split", "word");
        topology.SetBolt("report", () => new ReportBolt(output)).GlobalGrouping("count");
    }
}
