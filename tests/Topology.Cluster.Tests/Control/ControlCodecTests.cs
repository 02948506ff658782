using System.Collections.Immutable;
using System.Text.Json;
using Topology.Engine;
using Topology.Messaging;

namespace Topology.Cluster.Tests;

/// <summary>What daemon and workers tell each other comes over whole; anything else is refused.</summary>
public sealed class ControlCodecTests
{
    private static readonly WorkerKey Key = new("words-1a2b3c4d", 2, 17);

    private static readonly Assignment Assigned = new(0xFEDC_BA98_7654_3210, 5,
    [
        new WorkerAssignment(0, 16, "local", [new AssignedExecutor(0, "lines", 1, 2)], [new AssignedAcker(3, [1, 2])]),
        new WorkerAssignment(1, 17, "other", [new AssignedExecutor(1, "split", 3, 3), new AssignedExecutor(2, "count", 4, 7)], []),
    ]);

    private static readonly WorkerMessage[] FromWorkers =
    [
        new WorkerMessage.Announce(Key, "local", new WorkerProcess(4711, "4711@99@boot"), "ipc:///a/data ipc:///a/control", 4),
        new WorkerMessage.Ready(Key, 5),
        new WorkerMessage.Reported(Key, new WorkerReport(5, 9, Counts.None.Add("acked/lines", long.MaxValue).Add("emitted/lines", 0))
        {
            IsActive = true,
            EndedTasks = [1, 2],
            Pending = 3,
            PositionsCommitted = true,
            EndOfStreamPassed = true,
            IsCleanedUp = true,
            Progress = 4,
            RssBytes = 5,
            Uptime = TimeSpan.FromMinutes(6),
            QueueDepths = Counts.None.Add("split", 7),
            Links = [new LinkReport(1, 8, 9, 10)],
        }),
        new WorkerMessage.LostLink(Key, 5, 1, "silent"),
        new WorkerMessage.Failing(Key, "Build threw: ünd"),
        new WorkerMessage.BuiltOther(Key, ["the delivery: AtLeastOnce", "component \"ä\": a bolt with 2 tasks"]),
        new WorkerMessage.Error(Key, "split", 3, "message", "detail", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)),
        new WorkerMessage.CommitPosition(Key, 1, 5, "lines", 2, -3, new byte[] { 1, 2, 3 }),
        new WorkerMessage.ReadPosition(Key, 2, "lines", 2),
    ];

    private static readonly DaemonMessage[] FromDaemons =
    [
        new DaemonMessage.Pulse(long.MaxValue),
        new DaemonMessage.Deploy(
            Assigned,
            ImmutableSortedDictionary<int, string>.Empty.Add(0, "ipc:///a ipc:///b").Add(1, "tcp://h:1 tcp://h:2"),
            new TopologyCode("/x/Words.dll", "Words.WordsTopology", "words", ImmutableSortedDictionary<string, string>.Empty.Add("input", "/tmp"))),
        new DaemonMessage.FailPending(6, FailKind.LinkLost),
        new DaemonMessage.SetSpouts(6, true),
        new DaemonMessage.DrainSpouts(6),
        new DaemonMessage.Finish(6),
        new DaemonMessage.End(),
        new DaemonMessage.PositionCommitted(1, PositionOutcome.OldIncarnation),
        new DaemonMessage.PositionRead(2, 17, -3, new byte[] { 1, 2, 3 }),
        new DaemonMessage.RequestFailed(3, "the disk is full"),
    ];

    [Test]
    public void Every_kind_of_message_is_among_the_samples()
    {
        Assert.That(FromWorkers.Select(m => m.GetType()), Is.EquivalentTo(typeof(WorkerMessage).GetNestedTypes()));
        Assert.That(FromDaemons.Select(m => m.GetType()), Is.EquivalentTo(typeof(DaemonMessage).GetNestedTypes()));
    }

    [TestCaseSource(nameof(FromWorkers))]
    public void A_workers_message_comes_over_whole(object message) =>
        Assert.That(Text(WorkerMessageCodec.Read(WorkerMessageCodec.Write((WorkerMessage)message).Span)), Is.EqualTo(Text(message)));

    [TestCaseSource(nameof(FromDaemons))]
    public void A_daemons_message_comes_over_whole(object message) =>
        Assert.That(Text(DaemonMessageCodec.Read(DaemonMessageCodec.Write((DaemonMessage)message).Span)), Is.EqualTo(Text(message)));

    [Test]
    public void What_is_cut_short_or_goes_on_too_long_is_refused()
    {
        foreach (var message in FromWorkers) RefuseAllBut(WorkerMessageCodec.Write(message).ToArray(), bytes => WorkerMessageCodec.Read(bytes));
        foreach (var message in FromDaemons) RefuseAllBut(DaemonMessageCodec.Write(message).ToArray(), bytes => DaemonMessageCodec.Read(bytes));
    }

    [Test]
    public void What_is_damaged_is_refused_or_another_message_and_nothing_else_is_thrown()
    {
        var chance = new Random(1);
        foreach (var message in FromWorkers) Damage(WorkerMessageCodec.Write(message).ToArray(), chance, bytes => WorkerMessageCodec.Read(bytes));
        foreach (var message in FromDaemons) Damage(DaemonMessageCodec.Write(message).ToArray(), chance, bytes => DaemonMessageCodec.Read(bytes));
    }

    private static void RefuseAllBut(byte[] whole, Action<byte[]> read)
    {
        for (var length = 0; length < whole.Length; length++) Assert.That(() => read(whole[..length]), Throws.TypeOf<MessagePackSerializationException>());
        Assert.That(() => read([.. whole, 0]), Throws.TypeOf<MessagePackSerializationException>());
    }

    private static void Damage(byte[] whole, Random chance, Action<byte[]> read)
    {
        for (var i = 0; i < 5_000; i++)
        {
            var damaged = whole.ToArray();
            for (var flips = chance.Next(1, 4); flips > 0; flips--) damaged[chance.Next(damaged.Length)] ^= (byte)(1 << chance.Next(8));
            try
            {
                read(damaged);
            }
            catch (MessagePackSerializationException)
            {
                // As it should be.
            }
        }
    }

    private static string Text(object message) => message.GetType().Name + JsonSerializer.Serialize(message, message.GetType());
}
