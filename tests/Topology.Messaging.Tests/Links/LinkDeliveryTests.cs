using FsCheck;
using FsCheck.Fluent;

namespace Topology.Messaging.Tests;

/// <summary>What links promise, whatever breaks and whenever.</summary>
public sealed class LinkDeliveryTests
{
    private static readonly LinkOptions Quick = new()
    {
        HeartbeatInterval = TimeSpan.FromMilliseconds(20),
        HelloInterval = TimeSpan.FromMilliseconds(5),
        AcknowledgeDelay = TimeSpan.FromMilliseconds(2),
        SilenceLimit = TimeSpan.FromHours(1),
        ConnectLimit = TimeSpan.FromHours(1),
        StallLimit = TimeSpan.FromHours(1),
        KeptDataBytes = 20 * 256,
        KeptControlBytes = 10 * 256,
        KeptFrames = 16,
        AcknowledgeFrames = 4,
        DataFramesPerTurn = 3,
        ControlFramesPerTurn = 5,
    };

    private static readonly Arbitrary<MemoryFaults> AnyFaults = (
        from cut in Gen.Elements(0.0, 0.002, 0.02, 0.1)
        from delivery in Gen.Elements(0.2, 0.7, 1.0)
        from connect in Gen.Elements(0.05, 0.3, 1.0)
        from straggle in Gen.Elements(0.0, 0.5, 1.0)
        select new MemoryFaults { Cut = cut, Delivery = delivery, Connect = connect, Straggle = straggle }).ToArbitrary();

    private static readonly Arbitrary<int> AnySeed = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Test]
    public void Every_frame_arrives_once_and_in_order_whatever_is_cut_and_whenever()
    {
        var seen = new Seen();
        Prop.ForAll(AnySeed, AnyFaults, (seed, faults) =>
        {
            var workers = new SimulatedWorkers(seed, faults, Quick);
            var (a, b) = workers.Pair();
            var chance = new Random(seed);
            LinkConnection[] connections = [LinkConnection.Data, LinkConnection.Control];
            var streams = (from pair in new[] { (From: a, To: b), (From: b, To: a) } from connection in connections select new Stream(pair.From, pair.To, connection)).ToArray();
            for (var step = 0; step < 600; step++)
            {
                foreach (var stream in streams) stream.SendSome(chance.Next(3));
                foreach (var stream in streams) stream.RequireBounded(Quick);
                workers.Step();
            }

            workers.Network.Faults = faults with { Cut = 0 };
            workers.Until(() => streams.All(stream => stream.HasAllArrived));
            foreach (var stream in streams) stream.RequireInOrder();
            seen.Add(workers.Network, a.CountersTo(b), b.CountersTo(a));
            Assert.That(a.Handler.Losses.Concat(b.Handler.Losses), Is.Empty);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
        seen.RequireAll();
    }

    [Test]
    public void Nothing_of_another_generation_or_incarnation_is_handed_on_and_all_of_the_last_is()
    {
        var refusals = new long[2];
        Prop.ForAll(AnySeed, AnyFaults, (seed, faults) =>
        {
            var run = new ReplacementRun(new SimulatedWorkers(seed, faults, Quick), new Random(seed));
            run.Go();
            refusals[0] += run.OtherGenerations;
            refusals[1] += run.UnknownSenders;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
        Assert.That(refusals, Has.All.GreaterThan(0), "A run without frames of old generations and incarnations proves nothing.");
    }

    /// <summary>Numbered frames from one worker to another on one connection.</summary>
    private sealed class Stream(SimulatedWorker from, SimulatedWorker to, LinkConnection connection)
    {
        private uint _sent;

        public bool HasAllArrived => Arrived.Count >= _sent && from.Outboxes.To(to.Me.Worker, connection).WaitingFrames == 0;

        private IReadOnlyList<uint> Arrived => to.Handler.NumbersFrom(from.Me.Worker, connection);

        public void SendSome(int most)
        {
            for (var i = 0; i < most && from.TrySend(to, connection, _sent + 1); i++) _sent++;
        }

        public void RequireBounded(LinkOptions options)
        {
            var outbox = from.Outboxes.To(to.Me.Worker, connection);
            Assert.That(outbox.WaitingBytes, Is.LessThanOrEqualTo(options.KeptBytes(connection)));
            Assert.That(outbox.WaitingFrames, Is.LessThanOrEqualTo(options.KeptFrames));
        }

        public void RequireInOrder() => Assert.That(Arrived, Is.EqualTo(Enumerable.Range(1, (int)_sent).Select(number => (uint)number)), $"{connection}");
    }

    /// <summary>What must have happened in some run: a test in which nothing broke proves nothing.</summary>
    private sealed class Seen
    {
        private long _cuts, _lost, _resent, _duplicates, _gaps, _reconnects;

        public void Add(MemoryNetwork network, params LinkCounters[] counters)
        {
            (_cuts, _lost) = (_cuts + network.Cuts, _lost + network.Lost);
            _resent += counters.Sum(c => c.Resent);
            _duplicates += counters.Sum(c => c.Duplicates);
            _gaps += counters.Sum(c => c.AfterGaps);
            _reconnects += counters.Sum(c => c.Reconnects);
        }

        public void RequireAll() => Assert.That(new[] { _cuts, _lost, _resent, _duplicates, _gaps, _reconnects }, Has.All.GreaterThan(0));
    }
}
