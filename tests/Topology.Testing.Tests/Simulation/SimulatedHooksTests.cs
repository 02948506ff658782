namespace Topology.Testing.Tests;

public sealed class SimulatedHooksTests
{
    [Test]
    public void A_hook_sees_what_its_task_does()
    {
        var seen = new List<string>();
        var words = new Feeder(["word"]);
        using var cluster = new SimulatedCluster();
        cluster.Submit(new InlineTopology(topology =>
        {
            topology.SetSpout("words", () => new FeederSpout(words));
            topology.SetBolt("bolt", () => new InlineBolt(
                (tuple, output) =>
                {
                    if (tuple[0] == "throw") throw new FormatException("no word");
                    output.Emit(tuple, 1);
                    if (tuple[0] == "fail") output.Fail(tuple);
                    else output.Ack(tuple);
                },
                "one")
            {
                Prepared = context => context.AddHook(new Hook(seen)),
            }).ShuffleGrouping("words");
            topology.SetBolt("sink", () => new InlineBolt((tuple, output) => output.Ack(tuple)), parallelism: 2).AllGrouping("bolt");
        }));
        foreach (var word in new[] { "ack", "fail", "throw" })
        {
            words.Feed(word);
            cluster.RunUntilIdle();
        }

        cluster.Dispose();
        Assert.That(seen, Is.EqualTo(new[]
        {
            "emitted 1 to 2", "acked", "executed words",
            "emitted 1 to 2", "failed Explicit", "executed words",
            "executed words", "failed BoltError",
            "cleanup",
        }));
    }

    private sealed class Hook(List<string> seen) : ITaskHook
    {
        public void Emitted(StreamId stream, ReadOnlySpan<Value> values, int targets) => seen.Add($"emitted {values[0]} to {targets}");

        public void Executed(TupleSource source) => seen.Add($"executed {source.Component}");

        public void Acked() => seen.Add("acked");

        public void Failed(FailReason reason) => seen.Add($"failed {reason.Kind}");

        public void Cleanup() => seen.Add("cleanup");
    }
}
