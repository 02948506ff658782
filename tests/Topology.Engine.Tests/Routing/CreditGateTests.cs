namespace Topology.Engine.Tests;

public sealed class CreditGateTests
{
    [Test]
    public void What_the_receiver_has_done_comes_back_exactly()
    {
        const int Window = 3;
        var done = 0;
        var sent = 0;
        var simulation = new Simulation(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 1, ChannelCapacity = Window };
            topology.SetSpout("spout", () => new InlineSpout(output =>
            {
                if (sent < 10) output.Emit(sent, sent++);
            }));
            topology.SetBolt("bolt", () => new InlineBolt((tuple, output) =>
            {
                done++;
                output.Ack(tuple);
            })).ShuffleGrouping("spout");
        }).Start();
        simulation.Settle();
        Assert.That((sent, done), Is.EqualTo((10, 10)));
        var gate = simulation.Worker.Spouts[0].Tasks[0].Emitter.Streams[0].Routers[0].Targets[0].Gate;
        gate.Refresh();
        Assert.That(gate.Available, Is.EqualTo(Window));
    }

    [Test]
    public void A_sender_stops_when_its_credit_is_spent_and_goes_on_when_some_comes_back()
    {
        const int Window = 4;
        var isOpen = false;
        var sent = 0;
        var simulation = new Simulation(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 2, ChannelCapacity = Window };
            topology.SetSpout("spout", () => new InlineSpout(output => output.Emit(sent, sent++)));
            topology.SetBolt("bolt", () => new SlowBolt(() => isOpen)).ShuffleGrouping("spout");
        }).Start();
        for (var i = 0; i < 20; i++) simulation.Round();
        // The asynchronous bolt takes one row and no other: its channel fills behind it.
        Assert.That(sent, Is.EqualTo(Window + 1));
        isOpen = true;
        SlowBolt.Release();
        for (var i = 0; i < 20; i++) simulation.Round();
        Assert.That(sent, Is.GreaterThan(Window + 1));
    }

    private sealed class SlowBolt(Func<bool> isOpen) : AsyncBolt(1)
    {
        private static readonly List<TaskCompletionSource> Waiting = [];

        public override Fields Output => [];

        public static void Release()
        {
            foreach (var work in Waiting) work.SetResult();
            Waiting.Clear();
        }

        protected override ValueTask ExecuteAsync(TupleCopy tuple, AsyncOutput output, CancellationToken cancellation)
        {
            if (isOpen()) return ValueTask.CompletedTask;
            Waiting.Add(new TaskCompletionSource());
            return new ValueTask(Waiting[^1].Task);
        }
    }
}
