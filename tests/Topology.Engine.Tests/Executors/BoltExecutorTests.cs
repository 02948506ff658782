namespace Topology.Engine.Tests;

public sealed class BoltExecutorTests
{
    [Test]
    public void A_tick_that_is_due_while_downstream_is_full_waits_for_room_and_does_not_keep_the_loop_awake()
    {
        var ticks = 0;
        var simulation = new Simulation(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 3, ChannelCapacity = 1 };
            var next = 0;
            topology.SetSpout("spout", () => new InlineSpout(output =>
            {
                if (next < 20) output.Emit(next, next++);
            }));
            topology.SetBolt("middle", () => new InlineBolt(
                (tuple, output) =>
                {
                    if (tuple.IsTick)
                    {
                        ticks++;
                        return;
                    }

                    for (var i = 0; i < 3; i++) output.Emit(tuple, i);
                    output.Ack(tuple);
                },
                "number")).TickEvery(TimeSpan.FromMilliseconds(100)).ShuffleGrouping("spout");
            topology.SetBolt("end", () => new InlineBolt((tuple, output) => output.Ack(tuple))).ShuffleGrouping("middle");
        }).Start();
        var middle = simulation.Worker.Bolts.First(b => b.Component == "middle");
        simulation.Time.Advance(TimeSpan.FromMilliseconds(10));
        for (var i = 0; i < 5; i++)
        {
            simulation.Worker.Spouts[0].Home.RunOnce();
            middle.Home.RunOnce();
        }

        Assert.That(middle.Outputs.IsFull, Is.True);
        ticks = 0;
        simulation.Time.Advance(TimeSpan.FromMilliseconds(200));
        for (var i = 0; i < 5; i++) middle.Home.RunOnce();
        Assert.That(ticks, Is.Zero);
        Assert.That(middle.Home.HasWork, Is.False);
        Assert.That(middle.Home.NextDeadline, Is.GreaterThan(simulation.Worker.Clock.Nanoseconds), "Its loop would spin until there is room.");
        simulation.Settle();
        Assert.That(ticks, Is.EqualTo(1));
        simulation.Advance(TimeSpan.FromMilliseconds(100));
        Assert.That(ticks, Is.EqualTo(2));
    }

    /// <summary>Two tasks of an asynchronous bolt in one executor: one has all the work it may have, the other's tuple is next.</summary>
    [Test]
    public void A_task_that_has_all_the_work_it_may_have_does_not_hold_up_its_neighbour()
    {
        var started = new List<long>();
        Simulation simulation = null!;
        simulation = new Simulation(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 2 };
            var next = 0;
            topology.SetSpout("spout", () => new InlineSpout(
                output =>
                {
                    // Even numbers go to the first task, odd ones to the second.
                    for (; next < 4; next++) output.EmitDirect(next is 0 or 1 ? FirstOf(simulation) : FirstOf(simulation) + 1, To(simulation), next, next);
                })
            { Streams = streams => streams.AddDirect("to", ["number"]) });
            topology.SetBolt("bolt", () => new NeverEndingBolt(started, () => simulation.Time.Advance(TimeSpan.FromMilliseconds(5)))).SetTasks(2).DirectGrouping("spout", "to");
        }).Start();
        simulation.Time.Advance(TimeSpan.FromMilliseconds(10));
        simulation.Settle();
        Assert.That(started, Is.EqualTo(new long[] { 0, 1, 2, 3 }));
    }

    private static int FirstOf(Simulation simulation) => simulation.Worker.Plan["bolt"].FirstTask;

    private static StreamId To(Simulation simulation) => simulation.Worker.Plan["spout"].Streams.First(s => s.Name == "to");

    private sealed class NeverEndingBolt(List<long> started, Action takeTime) : AsyncBolt(2)
    {
        public override Fields Output => [];

        protected override async ValueTask ExecuteAsync(TupleCopy tuple, AsyncOutput output, CancellationToken cancellation)
        {
            started.Add(tuple[0].AsInt64());
            takeTime();
            await new TaskCompletionSource().Task;
        }
    }
}
