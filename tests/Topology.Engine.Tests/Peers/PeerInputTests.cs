using System.Collections.Immutable;
using Topology.Messaging;

namespace Topology.Engine.Tests;

/// <summary>What a worker takes from another one, where generations change.</summary>
public sealed class PeerInputTests
{
    private const int Rows = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public void What_was_worked_off_in_a_generation_gives_no_credit_in_the_next_though_the_links_have_not_heard_of_it()
    {
        var (sender, receiver) = (MakeWorker(0), MakeWorker(1));
        try
        {
            var rows = new MemoryLink(sender, HeaderOf(generation: 1));
            sender.Peers[1]!.Connect(1, rows);
            receiver.Peers[0]!.Connect(1, new MemoryLink(receiver, HeaderOf(generation: 1)));
            var input = new PeerInput(receiver, receiver.Peers[0]!);
            input.Begin(1);
            foreach (var worker in (Worker[])[sender, receiver])
            {
                worker.Coordinator.SetActive(true);
                worker.Start();
            }

            Until(() =>
            {
                rows.Deliver(input);
                return receiver.Bolts.Sum(bolt => bolt.RowsOut) == Rows;
            });
            var next = new MemoryLink(receiver, HeaderOf(generation: 2));
            receiver.Peers[0]!.Connect(2, next);
            input.Pump(isDue: true);
            Assert.That(next.ControlFrames, Is.Zero, "The sender counts from 0, and would take it for rows that it has yet to send.");
        }
        finally
        {
            foreach (var worker in (Worker[])[sender, receiver]) worker.Coordinator.RequestStop(TimeSpan.Zero);
            foreach (var worker in (Worker[])[sender, receiver]) worker.Coordinator.Completion.Wait(Patience);
        }
    }

    private static FrameHeader HeaderOf(ulong generation) => new(1, generation, 1, 0);

    private static Worker MakeWorker(int self)
    {
        var plan = Simulation.PlanOf(topology =>
        {
            // No acks, so that credit alone goes back.
            topology.Options = topology.Options with { Ackers = 0, EventLoops = 1 };
            topology.SetSpout("numbers", () =>
            {
                var emitted = 0;
                return new InlineSpout(output =>
                {
                    for (; emitted < Rows; emitted++) output.Emit(emitted, emitted);
                });
            });
            topology.SetBolt("sink", () => new InlineBolt((tuple, output) => output.Ack(tuple))).ShuffleGrouping("numbers");
        });
        ImmutableArray<int> share = [0, 1];
        return new Worker(plan, new WorkerOptions { Share = new WorkerShare(self, 2, share) });
    }

    private static void Until(Func<bool> condition) => Assert.That(SpinWait.SpinUntil(condition, Patience), Is.True, "Waited in vain for the rows.");
}
