using FsCheck;
using FsCheck.Fluent;
using Topology.Messaging;

namespace Topology.Engine.Tests;

public sealed class AckBatchCodecTests
{
    [Test]
    public void Messages_arrive_as_they_were() =>
        Prop.ForAll(
            Gen.Elements(AckBatchKind.Init, AckBatchKind.InitRun, AckBatchKind.Ack, AckBatchKind.Reset, AckBatchKind.Clear).ToArbitrary(),
            Gen.Choose(0, AckBatch.Capacity).ToArbitrary(),
            (kind, count) =>
            {
                var sent = new AckBatch { Kind = kind };
                for (var i = 0; i < count; i++) Add(sent, new AckMessage((ulong)i << 40, ~(ulong)i));
                var received = new AckBatch();
                var isRead = AckBatchCodec.TryRead(Sent(sent, new FailDetails()), received, new FailDetails());
                return isRead && received.Kind == kind && received.Count == count
                    && received.Messages.Take(count).SequenceEqual(sent.Messages.Take(count));
            }).Check(Config.QuickThrowOnFailure);

    [Test]
    public void The_texts_of_failures_travel_along_and_get_the_numbers_of_the_worker_where_they_arrive()
    {
        var (there, here) = (new FailDetails(), new FailDetails());
        here.Add("another");
        var broken = there.Add("broken");
        var sent = new AckBatch { Kind = AckBatchKind.Fail };
        Add(sent, new AckMessage(1, FailCode.Of(FailKind.Explicit, 7, broken)));
        Add(sent, new AckMessage(2, FailCode.Of(FailKind.Explicit, 8, 0)));
        Add(sent, new AckMessage(3, FailCode.Of(FailKind.Explicit, 9, broken)));
        Add(sent, new AckMessage(4, FailCode.Of(FailKind.Explicit, 9, broken + 500)));
        var received = new AckBatch();
        Assert.That(AckBatchCodec.TryRead(Sent(sent, there), received, here), Is.True);
        var codes = received.Messages.Take(4).Select(message => message.Value).ToArray();
        Assert.That(codes.Select(code => here.Find(FailCode.Detail(code))), Is.EqualTo(new[] { "broken", null, "broken", null }));
        Assert.That(codes.Select(FailCode.Task), Is.EqualTo(new[] { 7, 8, 9, 9 }));
        Assert.That(codes.Select(FailCode.Kind), Is.All.EqualTo(FailKind.Explicit));
    }

    [Test]
    public void A_kind_that_is_none_and_more_messages_than_a_batch_takes_are_refused() => Assert.Multiple(() =>
    {
        Assert.That(AckBatchCodec.TryRead(Written(frame => frame.WriteAcks(1, (byte)AckBatchKind.Clear + 1, default, default)), new AckBatch(), new FailDetails()), Is.False);
        Assert.That(AckBatchCodec.TryRead(Written(frame => frame.WriteAcks(1, 0, new byte[16 * AckBatch.Capacity], default)), new AckBatch(), new FailDetails()), Is.True);
        Assert.That(AckBatchCodec.TryRead(Written(frame => frame.WriteAcks(1, 0, new byte[16 * (AckBatch.Capacity + 1)], default)), new AckBatch(), new FailDetails()), Is.False);
    });

    private static void Add(AckBatch batch, AckMessage message)
    {
        if (batch.Count == batch.Messages.Length) batch.TryGrow();
        batch.Messages[batch.Count++] = message;
    }

    private static AckSection Sent(AckBatch batch, FailDetails details) => Written(frame => AckBatchCodec.Write(frame, 5, batch, details));

    private static AckSection Written(Action<FrameWriter> write)
    {
        var writer = new FrameWriter(new FrameBufferPool());
        writer.Begin(default);
        write(writer);
        Assert.That(FrameReader.TryOpen(writer.Finish().WrittenSpan, out var reader), Is.EqualTo(WireError.None));
        Assert.That(reader.TryRead(out var section), Is.True);
        Assert.That(AckSection.TryRead(section.Body, FrameDecoder.MaxAcks, out var acks), Is.EqualTo(WireError.None));
        return acks;
    }
}
