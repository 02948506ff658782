using System.Collections.Concurrent;
using Topology.Messaging;

namespace Topology.Engine.Tests;

/// <summary>A topology whose executors are in several workers does what it does in one.</summary>
public sealed class WorkerGroupTests
{
    private const int Count = 20_000;

    [Test]
    public void Every_tuple_that_crosses_workers_is_executed_once_and_every_tree_acked_once([Values(2, 3)] int workers, [Values(1, 2)] int loops, [Values("shuffle", "fields", "all")] string grouping)
    {
        var acked = new ConcurrentDictionary<long, int>();
        var seen = new ConcurrentDictionary<long, int>();
        using var group = new WorkerGroup(
            topology =>
            {
                topology.Options = topology.Options with { EventLoops = loops, ChannelCapacity = 200, Ackers = 1 };
                topology.SetSpout("numbers", () => Numbers(Count, acked));
                var relay = topology.SetBolt("relay", () => new InlineBolt(
                    (tuple, output) =>
                    {
                        var number = tuple["number"].AsInt64();
                        output.Emit(tuple, 2 * number, $"word {number}");
                        output.Emit(tuple, (2 * number) + 1, "é😀");
                        output.Ack(tuple);
                    },
                    "number", "text"), 3);
                if (grouping == "all") relay.ShuffleGrouping("numbers");
                else Subscribe(relay, "numbers", grouping);
                Subscribe(
                    topology.SetBolt("sink", () => new InlineBolt((tuple, output) =>
                    {
                        var number = tuple["number"].AsInt64();
                        Assert.That(tuple["text"].AsString(), Is.EqualTo(number % 2 == 0 ? $"word {number / 2}" : "é😀"));
                        seen.AddOrUpdate(number, 1, (_, times) => times + 1);
                        output.Ack(tuple);
                    }), 4),
                    "relay",
                    grouping);
            },
            workers,
            workerOf: executor => executor is 0 or 8 ? 0 : executor % workers).Start();

        group.Until(() => acked.Count == Count, "every tree to be acked");

        Assert.That(acked.Values, Is.All.EqualTo(1));
        Assert.That(seen, Has.Count.EqualTo(2 * Count));
        Assert.That(seen.Values, Is.All.EqualTo(grouping == "all" ? 4 : 1));
        Assert.That(group.Workers.Sum(w => w.Errors.Reports.Length), Is.Zero);
        Assert.That(group.Workers.SelectMany(w => w.Bolts).Count(), Is.EqualTo(7));
    }

    [Test]
    public void A_failure_in_another_worker_comes_with_its_reason_component_task_and_text()
    {
        var failed = new ConcurrentDictionary<long, FailReason>();
        using var group = new WorkerGroup(
            topology =>
            {
                topology.SetSpout("numbers", () => Numbers(100, [], failed));
                topology.SetBolt("picky", () => new InlineBolt((tuple, output) =>
                {
                    if (tuple[0].AsInt64() % 10 == 7) output.Fail(tuple, $"no {tuple[0].AsInt64()}");
                    else output.Ack(tuple);
                })).ShuffleGrouping("numbers");
            },
            2,
            workerOf: executor => executor == 1 ? 1 : 0).Start();

        group.Until(() => failed.Count == 10, "the failures");

        var reason = failed[37];
        Assert.That((reason.Kind, reason.Component, reason.Detail), Is.EqualTo((FailKind.Explicit, "picky", "no 37")));
        Assert.That(reason.Task, Is.EqualTo(group.Workers[1].Bolts[0].Tasks[0].Plan.Task));
    }

    [Test]
    public void A_receiver_that_stands_still_in_another_worker_holds_its_sender_back_by_its_credit_alone()
    {
        const int Window = 50;
        var emitted = 0L;
        var acked = new ConcurrentDictionary<long, int>();
        using var gate = new ManualResetEventSlim();
        using var group = new WorkerGroup(
            topology =>
            {
                topology.Options = topology.Options with { ChannelCapacity = Window };
                topology.SetSpout("numbers", () => Numbers(1_000, acked, emitted: () => Interlocked.Increment(ref emitted)));
                topology.SetBolt("waits", () => new InlineBolt((tuple, output) =>
                {
                    gate.Wait();
                    output.Ack(tuple);
                })).ShuffleGrouping("numbers");
            },
            2,
            workerOf: executor => executor == 1 ? 1 : 0).Start();

        group.Until(() => group.Workers[1].Peers[0]!.RowsReceived >= Window, "the channel to be full");
        // The row in hand may overdraw.
        Assert.That(Interlocked.Read(ref emitted), Is.InRange(Window, Window + 1));
        gate.Set();
        group.Until(() => acked.Count == 1_000, "the rest");
    }

    [Test]
    public void A_link_without_room_holds_its_senders_back_and_loses_nothing()
    {
        const int Few = 2_000;
        var acked = new ConcurrentDictionary<long, int>();
        using var group = new WorkerGroup(
            topology =>
            {
                topology.Options = topology.Options with { ChannelCapacity = 20 };
                topology.SetSpout("numbers", () => Numbers(Few, acked), 2);
                topology.SetBolt("sink", () => new InlineBolt((tuple, output) => output.Ack(tuple)), 3).FieldsGrouping("numbers", "number");
            },
            2,
            workerOf: executor => executor is 2 or 3 or 4 ? 1 : 0);
        group.Links[0, 1]!.Room = 1;
        group.Start();

        group.Until(() => acked.Values.Sum() == 2 * Few, "every tree to be acked");
        Assert.That(group.Links[0, 1]!.Refusals, Is.Positive, "a link that always had room shows nothing");
    }

    [Test]
    public void What_a_peer_may_not_send_is_refused_and_counted()
    {
        using var group = new WorkerGroup(
            topology =>
            {
                topology.SetSpout("numbers", () => Numbers(1, []));
                topology.SetBolt("sink", () => new InlineBolt((tuple, output) => output.Ack(tuple))).ShuffleGrouping("numbers");
            },
            2,
            workerOf: executor => executor == 1 ? 1 : 0);
        var spout = group.Workers[0].Spouts[0].Tasks[0].Plan.Task;
        var input = group.Inputs[1, 0]!;
        foreach (var (kind, root) in new[] { (AckBatchKind.Ack, RootId.Of(spout + 1, 5)), (AckBatchKind.Ack, RootId.Of(60_000, 5)), (AckBatchKind.Init, RootId.Of(spout, 5)), (AckBatchKind.Clear, RootId.Of(spout, 5)) })
            Assert.That(input.Take(AcksFrame(group, kind, root)), Is.EqualTo(WireError.None));
        Assert.That(input.Refused, Is.EqualTo(4));
        Assert.That(input.Take(AcksFrame(group, AckBatchKind.Ack, RootId.Of(spout, 5))), Is.EqualTo(WireError.None));
        Assert.That(input.Refused, Is.EqualTo(4));
        group.Start();
    }

    [Test]
    public void Workers_number_sources_executors_and_ackers_alike()
    {
        using var group = new WorkerGroup(
            topology =>
            {
                topology.Options = topology.Options with { Ackers = 3 };
                topology.SetSpout("numbers", () => Numbers(1, []), 5);
                topology.SetBolt("sink", () => new InlineBolt((tuple, output) => output.Ack(tuple), "a"), 4).ShuffleGrouping("numbers");
            },
            3,
            workerOf: executor => executor % 3).Start();
        foreach (var worker in group.Workers)
        {
            Assert.That(worker.Sources.Select(s => (s.Component, s.Task)), Is.EqualTo(group.Workers[0].Sources.Select(s => (s.Component, s.Task))));
            Assert.That(worker.Executors.Select(e => e.Component), Is.EqualTo(group.Workers[0].Executors.Select(e => e.Component)));
            Assert.That(worker.AckerOfTask, Is.EqualTo(group.Workers[0].AckerOfTask));
        }
    }

    [Test]
    public void A_share_whose_spout_has_no_acker_beside_it_is_refused() =>
        Assert.That(
            () => new WorkerGroup(
                topology =>
                {
                    topology.SetSpout("numbers", () => Numbers(1, []));
                    topology.SetBolt("sink", () => new InlineBolt((tuple, output) => output.Ack(tuple))).ShuffleGrouping("numbers");
                },
                2,
                workerOf: executor => executor == 2 ? 1 : 0),
            Throws.TypeOf<TopologyException>().With.Message.Contains("no acker"));

    private static byte[] AcksFrame(WorkerGroup group, AckBatchKind kind, ulong root)
    {
        var writer = new FrameWriter(new FrameBufferPool());
        writer.Begin(group.Links[1, 0]!.Header);
        var batch = new AckBatch { Kind = kind, Count = 1 };
        batch.Messages[0] = new AckMessage(root, 9);
        AckBatchCodec.Write(writer, 0, batch, group.Workers[1].FailDetails);
        return writer.Finish().WrittenSpan.ToArray();
    }

    private static InlineSpout Numbers(int count, ConcurrentDictionary<long, int> acked, ConcurrentDictionary<long, FailReason>? failed = null, Action? emitted = null)
    {
        var next = 0L;
        return new InlineSpout(output =>
        {
            if (next == count || output.Remaining == 0) return;
            output.Emit(next, next++);
            emitted?.Invoke();
        })
        {
            Acked = number => acked.AddOrUpdate(number, 1, (_, times) => times + 1),
            Failed = (number, reason) => failed?.TryAdd(number, reason),
        };
    }

    private static void Subscribe(BoltDeclarer bolt, string component, string grouping)
    {
        switch (grouping)
        {
            case "shuffle":
                bolt.ShuffleGrouping(component);
                break;
            case "fields":
                bolt.FieldsGrouping(component, "number");
                break;
            default:
                bolt.AllGrouping(component);
                break;
        }
    }
}
