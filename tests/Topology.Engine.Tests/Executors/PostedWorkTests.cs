namespace Topology.Engine.Tests;

public sealed class PostedWorkTests
{
    [Test]
    public void What_each_piece_of_posted_work_emits_while_downstream_is_full_is_counted_for_itself()
    {
        const int Works = 20;
        const int Limit = 3;
        var failed = new List<FailReason>();
        BoltContext context = null!;
        var held = new Queue<(HeldTuple Tuple, BoltOutput Output)>();
        var simulation = new Simulation(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 3, OutboxLimit = Limit, ChannelCapacity = 1 };
            var next = 0;
            topology.SetSpout("spout", () => new InlineSpout(output =>
            {
                if (next < Works) output.Emit(next, next++);
            })
            { Failed = (_, reason) => failed.Add(reason) });
            topology.SetBolt("middle", () => new InlineBolt((tuple, output) => held.Enqueue((output.Hold(tuple), output)), "number") { Prepared = c => context = c })
                .ShuffleGrouping("spout");
            topology.SetBolt("end", () => new InlineBolt((tuple, output) => output.Ack(tuple))).ShuffleGrouping("middle");
        }).Start();
        while (held.Count < Works)
        {
            simulation.Settle();
            simulation.Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        var errors = simulation.Worker.Errors.Reports.Length;
        while (held.TryDequeue(out var work))
        {
            context.Post(() =>
            {
                for (var i = 0; i < Limit; i++) work.Output.Emit(work.Tuple, i);
                work.Output.Ack(work.Tuple);
            });
        }

        // Only the middle bolt runs, so that what it emits stays where it is.
        simulation.Worker.Bolts.First(b => b.Component == "middle").Home.RunOnce();
        Assert.That(simulation.Worker.Errors.Reports, Has.Length.EqualTo(errors));
        simulation.Settle();
        Assert.That(simulation.Worker.Bolts.First(b => b.Component == "end").RowsOut, Is.EqualTo(Works * Limit));
        Assert.That(failed, Is.Empty);
    }
}
