namespace Topology.Tests;

/// <summary>The topology that the documentation shows, with its spout made up: what it is written like must compile.</summary>
internal sealed class WordCountTopology : ITopology
{
    public void Build(TopologyBuilder topology)
    {
        topology.SetSpout("lines", () => new LineSpout(topology.Settings["input"]));
        topology.SetBolt("split", () => new SplitBolt(), parallelism: 2).ShuffleGrouping("lines");
        topology.SetBolt("count", () => new CountBolt(), parallelism: 2).FieldsGrouping("split", "word");
    }

    private sealed class LineSpout(string input) : ReliableSpout<long>
    {
        public override Fields Output => ["line"];

        public override void NextTuple(SpoutOutput<long> output) => output.Emit(0, input);
    }

    private sealed class SplitBolt : BasicBolt
    {
        public override Fields Output => ["word"];

        protected override void Execute(TupleView tuple, AnchoredOutput output)
        {
            var sentence = tuple[0].AsString();
            foreach (var word in sentence.AsSpan().Split(' '))
                output.Emit(Value.Slice(sentence, word));
        }
    }

    private sealed class CountBolt : BasicBolt
    {
        private KeyedState<string, long> _counts = null!;

        public override Fields Output => ["word", "count"];

        public override void Prepare(BoltContext context) => _counts = context.KeyedState<string, long>("counts");

        protected override void Execute(TupleView tuple, AnchoredOutput output)
        {
            var word = tuple[0];
            output.Emit(word, ++_counts.For(word.AsSpan()));
        }
    }
}
