namespace Topology.Engine.Tests;

public sealed class CompletionOutboxTests
{
    /// <summary>The lane to the spout has room for 256 batches, and the acker sends one a turn here.</summary>
    [Test]
    public void A_spout_that_was_away_hears_of_every_tree_though_the_clock_stands_still([Values(256, 257, 400, 1_000)] int trees)
    {
        var acked = new List<long>();
        var held = new Queue<HeldTuple>();
        var answer = () => { };
        var simulation = new Simulation(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 3, ChannelCapacity = 1 << 20 };
            var next = 0;
            topology.SetSpout("spout", () => new InlineSpout(output =>
            {
                for (; next < trees; next++) output.Emit(next, next);
            })
            {
                Acked = acked.Add,
                Exhausted = () => next == trees,
            });
            BoltContext context = null!;
            topology.SetBolt("bolt", () => new InlineBolt((tuple, output) =>
            {
                held.Enqueue(output.Hold(tuple));
                answer = () => context.Post(() => output.Ack(held.Dequeue()));
            })
            {
                Prepared = c => context = c,
            }).ShuffleGrouping("spout");
        }).Start();
        while (held.Count < trees) simulation.Round();

        while (held.Count > 0)
        {
            answer();
            simulation.Worker.Bolts[0].Home.RunOnce();
            simulation.Worker.Ackers[0].Home.RunOnce();
        }

        Assert.That(acked, Is.Empty, "The spout had no turn.");
        simulation.Settle();
        Assert.That(acked, Is.EqualTo(Enumerable.Range(0, trees).Select(i => (long)i)));
    }
}
