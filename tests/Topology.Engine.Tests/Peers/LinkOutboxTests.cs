using System.Collections.Immutable;
using Topology.Messaging;

namespace Topology.Engine.Tests;

public sealed class LinkOutboxTests
{
    [Test]
    public void A_channel_has_its_window_less_what_is_not_sent_though_the_generation_is_noticed_in_the_middle_of_a_turn([Values] bool hasOneBefore)
    {
        var worker = MakeWorker();
        var peer = worker.Peers[1]!;
        var outputs = worker.Spouts[0].Outputs;
        var gate = outputs.GateTo(worker.Executors[1], window: 0, isFeedback: false);
        var window = gate.Available;
        if (hasOneBefore) peer.Connect(1, new MemoryLink(worker, new FrameHeader(1, 1, 1, 0)));
        outputs.TryFlush();
        for (var row = 0; row < TupleBatch.Capacity; row++) Add(outputs.OutboxTo(peer), gate);
        peer.Connect(2, new MemoryLink(worker, new FrameHeader(1, 2, 1, 0)));
        Assert.That(gate.Available, Is.EqualTo(window - TupleBatch.Capacity));

        // The batch is full: it goes, and finds another generation.
        Add(outputs.OutboxTo(peer), gate);
        Assert.That(gate.Available, Is.EqualTo(window - TupleBatch.Capacity - 1));
    }

    private static void Add(Outbox outbox, CreditGate gate)
    {
        var batch = outbox.BatchFor(1);
        batch.AddRow(gate.Receiver.Place, 0, batch.AddValues([1]), default);
        gate.Available--;
    }

    private static Worker MakeWorker()
    {
        var plan = Simulation.PlanOf(topology =>
        {
            topology.Options = topology.Options with { Ackers = 0 };
            topology.SetSpout("numbers", () => new InlineSpout(_ => { }));
            topology.SetBolt("sink", () => new InlineBolt((tuple, output) => output.Ack(tuple))).ShuffleGrouping("numbers");
        });
        ImmutableArray<int> share = [0, 1];
        return new Worker(plan, new WorkerOptions { Share = new WorkerShare(0, 2, share) });
    }
}
