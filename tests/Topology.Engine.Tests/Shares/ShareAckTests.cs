using Topology.Messaging;

namespace Topology.Engine.Tests;

/// <summary>Acks on their way from one share to the acker of another.</summary>
public sealed class ShareAckTests
{
    // Whatever counts as an attempt gives the record up.
    private static readonly ReplayPolicy Once = new() { MaxAttempts = 1, MaxTimeouts = 1 };

    [Test]
    public void Acks_of_another_worker_that_an_acker_had_no_room_for_reach_it_though_no_others_follow()
    {
        // An acker has room for 256 batches of a peer's, and each step makes one.
        const int Count = 1_000;
        var acked = new HashSet<long>();
        var held = new List<HeldTuple>();
        BoltOutput? output = null;
        var group = new ShareGroup(
            topology =>
            {
                topology.Options = topology.Options with { MaxSpoutPending = Count };
                topology.SetSpout("numbers", () => new RecordSpout(Count, Once) { WasAcked = number => acked.Add(number) });
                topology.SetBolt("sink", () => new InlineBolt((tuple, to) =>
                {
                    output = to;
                    held.Add(to.Hold(tuple));
                })).ShuffleGrouping("numbers");
            },
            2,
            new() { ["numbers"] = [0], ["sink"] = [1] },
            faults: MemoryFaults.None).Start();
        group.Until(() => held.Count == Count, "the trees");
        var (spout, sink) = (group.Members[0], group.Members[1]);
        spout.LoopsStandStill = true;
        foreach (var tuple in held)
        {
            output!.Ack(tuple);
            sink.Worker.WakeAll();
            group.Steps(1);
        }

        Assert.That(spout.Worker.Ackers[0].QueueDepth, Is.EqualTo(256 * AckBatch.Capacity), "An acker that has room shows nothing.");
        spout.LoopsStandStill = false;
        group.Until(() => acked.Count == Count, "the acks", most: 1_000);
        group.Finish();
    }
}
