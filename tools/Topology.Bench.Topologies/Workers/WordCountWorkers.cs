namespace Topology.Bench;

/// <summary>
/// Word count with one executor a stage, so that three workers have a stage each, as the loop by hand has: every tuple changes the process. The counting executor has four tasks for the fields grouping to choose from.
/// </summary>
public sealed class WordCountWorkers : WorkersTopology
{
    private protected override void Build(TopologyBuilder topology, Board board)
    {
        topology.SetSpout("sentences", () => new SentenceSpout(board.Counters));
        topology.SetBolt("split", () => new SplitBolt()).ShuffleGrouping("sentences");
        topology.SetBolt("count", () => new WordCountBolt(board.Counters)).SetTasks(4).FieldsGrouping("split", "word");
    }
}
