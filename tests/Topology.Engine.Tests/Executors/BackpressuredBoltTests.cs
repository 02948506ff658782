using Topology.Testing;

namespace Topology.Engine.Tests;

public sealed class BackpressuredBoltTests
{
    [Test]
    public void A_bolt_that_waits_for_room_gets_no_turns_for_its_ticks_until_there_is_some()
    {
        var words = new Feeder(["word"]);
        var ticks = 0;
        using var cluster = new SimulatedCluster(new SimulationOptions { TraceLength = 1_000_000 });
        var run = cluster.Submit(
            new InlineTopology(topology =>
            {
                topology.SetSpout("words", () => new FeederSpout(words));
                topology.SetBolt("ticking", () => new TickCounter(() => ticks++)).ShuffleGrouping("words").TickEvery(TimeSpan.FromSeconds(1));
                topology.SetBolt("slow", () => new TickCounter(() => { })).ShuffleGrouping("ticking");
            }),
            settings: new Dictionary<string, string> { ["topology.channel-capacity"] = "1", ["topology.message-timeout"] = "none" });
        cluster.RunUntilIdle();
        run.Stall("slow", TimeSpan.FromSeconds(60));
        for (var i = 0; i < 10; i++) words.Feed("x");
        cluster.Advance(TimeSpan.FromSeconds(50));
        var turns = cluster.Trace.Newest.Count(t => t.Component == "ticking");
        Assert.That(ticks, Is.Zero);
        Assert.That(turns, Is.LessThan(20));

        cluster.Advance(TimeSpan.FromSeconds(20));
        Assert.That(words.Acked, Has.Length.EqualTo(10));
        Assert.That(ticks, Is.InRange(9, 11), "one when there is room again, and those that follow");
    }

    /// <summary>Passes tuples on, and counts ticks.</summary>
    private sealed class TickCounter(Action ticked) : BasicBolt
    {
        public override Fields Output => ["word"];

        protected override void Execute(TupleView tuple, AnchoredOutput output) => output.Emit(tuple[0]);

        protected override void Tick(AnchoredOutput output) => ticked();
    }
}
