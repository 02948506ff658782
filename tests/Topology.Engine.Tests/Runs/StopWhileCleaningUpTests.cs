using Topology.Testing;

namespace Topology.Engine.Tests;

public sealed class StopWhileCleaningUpTests
{
    [Test]
    public void A_stop_does_not_cut_short_the_cleaning_up_of_a_run_that_has_completed()
    {
        var cleanedUp = 0;
        var words = new Feeder(["word"]);
        words.End();
        using var cluster = new SimulatedCluster();
        var run = cluster.Submit(new InlineTopology(topology =>
        {
            topology.SetSpout("words", () => new FeederSpout(words));
            topology.SetBolt("bolt", () => new CleanedBolt(() => cleanedUp++), parallelism: 3).ShuffleGrouping("words");
        }));
        cluster.RunUntil(() => cleanedUp == 1);
        run.RequestStop(TimeSpan.Zero);
        Assert.That(run.RunToCompletion().State, Is.EqualTo(RunState.Completed));
        Assert.That(cleanedUp, Is.EqualTo(3));
    }

    private sealed class CleanedBolt(Action cleanedUp) : IBolt
    {
        public Fields Output => [];

        public void Execute(TupleView tuple, BoltOutput output) => output.Ack(tuple);

        public void Cleanup() => cleanedUp();
    }
}
