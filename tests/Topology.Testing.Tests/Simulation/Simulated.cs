namespace Topology.Testing.Tests;

/// <summary>What tests of the simulation run.</summary>
internal static class Simulated
{
    /// <summary>Sentences of four words, and no more.</summary>
    public static Feeder Sentences(int count)
    {
        var sentences = new Feeder(["sentence"]);
        for (var i = 0; i < count; i++) sentences.Feed($"the cow number {i}");
        sentences.End();
        return sentences;
    }

    /// <summary>One bolt behind the feeder's words. The bolt is one for all calls, since only one is run.</summary>
    public static InlineTopology Words(Feeder words, InlineBolt bolt) => new(topology =>
    {
        topology.SetSpout("words", () => new FeederSpout(words));
        topology.SetBolt("bolt", () => new ForwardingBolt(bolt)).ShuffleGrouping("words");
    });

    private sealed class ForwardingBolt(IBolt bolt) : IBolt
    {
        public Fields Output => bolt.Output;

        public void Declare(StreamDeclarer streams) => bolt.Declare(streams);

        public void Prepare(BoltContext context) => bolt.Prepare(context);

        public void Execute(TupleView tuple, BoltOutput output) => bolt.Execute(tuple, output);

        public void Finish(BoltOutput output) => bolt.Finish(output);

        public void Cleanup() => bolt.Cleanup();
    }
}
