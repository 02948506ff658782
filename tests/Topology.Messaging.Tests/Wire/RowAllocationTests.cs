namespace Topology.Messaging.Tests;

public sealed class RowAllocationTests
{
    private static readonly WireReceiver Receiver = new(new BatchPool(), AnyWireRow.Tasks);

    [Test]
    public void Rows_of_numbers_cost_no_byte_to_write_or_to_read() => Assert.That(Measure(i => [i, (long)i * i]), Is.EqualTo((0L, 0L)));

    [Test]
    public void Rows_in_trees_cost_no_byte_either() => Assert.That(Measure(i => [true, 1.5 * i], new TupleIds(5, 6)), Is.EqualTo((0L, 0L)));

    [TestCase(1, 0)]
    [TestCase(8, 40)]
    [TestCase(12, 48)]
    [TestCase(30, 88)]
    [TestCase(100, 224)]
    public void Rows_of_text_cost_the_strings_and_no_more(int length, int stringBytes) =>
        Assert.That(Measure(i => [new string((char)('a' + (i % 26)), length), i]), Is.EqualTo((0L, 256L * stringBytes)));

    private static (long Written, long Read) Measure(Func<int, Value[]> values, TupleIds ids = default)
    {
        var batch = AnyWireRow.Fill(new BatchPool(), [.. Enumerable.Range(0, TupleBatch.Capacity).Select(i => new AnyWireRow(0, i % 3, 0, values(i), ids, [], false))]);
        var pool = new FrameBufferPool();
        var writer = new FrameWriter(pool);
        var decoder = new FrameDecoder(new WirePlan(AnyWireRow.Arities, [null, Receiver]), new WireCounters());
        var receiver = new Releaser();
        (long, long) result = default;
        // The first time makes the pooled buffer and batch.
        for (var round = 0; round < 3; round++)
        {
            var start = GC.GetAllocatedBytesForCurrentThread();
            writer.Begin(SampleFrames.Header);
            writer.WriteRows(SampleFrames.Channel, 1, batch, 0);
            var frame = writer.Finish();
            var written = GC.GetAllocatedBytesForCurrentThread();
            var error = decoder.Decode(frame.WrittenSpan, receiver);
            result = (written - start, GC.GetAllocatedBytesForCurrentThread() - written);
            pool.Return(frame);
            Assert.That(error, Is.EqualTo(WireError.None));
        }

        return result;
    }

    private sealed class Releaser : IFrameReceiver
    {
        public void OnBatch(Channel channel, ulong sequence, TupleBatch batch)
        {
            batch.Release(batch.RunCount);
        }

        public void OnAcks(in AckSection acks) => Assert.Fail("There are none.");

        public void OnCredits(ReadOnlySpan<Credit> credits) => Assert.Fail("There are none.");

        public void OnHello(Hello hello) => Assert.Fail("There is none.");

        public void OnGoodbye(Goodbye goodbye) => Assert.Fail("There is none.");

        public void OnHeartbeat(Heartbeat heartbeat) => Assert.Fail("There is none.");

        public void OnResendRequest(ResendRequest request) => Assert.Fail("There is none.");

        public void OnAcknowledgement(Acknowledgement acknowledgement) => Assert.Fail("There is none.");

        public void OnEndOfStream(EndOfStream end) => Assert.Fail("There is none.");
    }
}
