namespace Topology.Messaging.Tests;

public sealed class FrameWriterTests
{
    [Test]
    public void A_frame_stops_at_its_size_and_the_rest_goes_into_the_next()
    {
        var rows = Enumerable.Range(0, 100).Select(i => new AnyWireRow(2, 0, 0, [new string('x', 100)], default, [], false)).ToArray();
        var batch = AnyWireRow.Fill(new BatchPool(), rows);
        var writer = new FrameWriter(new FrameBufferPool(), 1000);
        writer.Begin(SampleFrames.Header);
        Assert.That(writer.HasRoom);
        var next = writer.WriteRows(SampleFrames.Channel, 1, batch, 0);
        Assert.That(next, Is.InRange(8, 12));
        Assert.That(writer.HasRoom, Is.False);
        Assert.That(writer.Finish().Written, Is.InRange(1000, 1300));
    }

    [Test]
    public void A_row_that_no_frame_can_take_is_not_written_and_leaves_the_frame_as_it_was()
    {
        const int Largest = 100_000;
        var large = new byte[60_000];
        var row = new AnyWireRow(2, 0, 0, [large], default, [], false);
        var tooLarge = new AnyWireRow(0, 0, 0, [large, large], default, [], false);
        var batch = AnyWireRow.Fill(new BatchPool(), [tooLarge, row with { Values = ["small"] }]);
        var writer = new FrameWriter(new FrameBufferPool(1000, largest: Largest));
        writer.Begin(SampleFrames.Header);
        writer.Write(new Goodbye(1));
        var before = writer.Written;
        Assert.That(writer.WriteRows(SampleFrames.Channel, 1, batch, 0), Is.Zero);
        Assert.That(writer.Written, Is.EqualTo(before));
        Assert.That(writer.WriteRows(SampleFrames.Channel, 1, batch, 1), Is.EqualTo(2));
        var recorder = new FrameRecorder();
        Assert.That(new FrameDecoder(AnyWireRow.Plan(), new WireCounters()).Decode(writer.Finish().WrittenSpan, recorder), Is.EqualTo(WireError.None));
        Assert.That(recorder.Rows.Single().Values[0].AsString(), Is.EqualTo("small"));
    }

    [Test]
    public void A_buffer_that_came_back_is_empty_and_used_again_unless_it_has_grown()
    {
        var pool = new FrameBufferPool(100);
        var small = pool.Rent();
        small.Advance(50);
        pool.Return(small);
        var again = pool.Rent();
        Assert.That((again, again.Written), Is.EqualTo((small, 0)));
        again.GetSpan(1000);
        pool.Return(again);
        Assert.That(pool.Rent(), Is.Not.SameAs(again));
    }

    [Test]
    public void A_buffer_keeps_what_is_written_when_it_grows()
    {
        var buffer = new FrameBuffer(8);
        for (var i = 0; i < 1000; i++)
        {
            var memory = i % 2 == 0 ? buffer.GetMemory(3).Span : buffer.GetSpan(3);
            memory[0] = (byte)i;
            buffer.Advance(1);
        }

        Assert.That(buffer.WrittenMemory.ToArray(), Is.EqualTo(Enumerable.Range(0, 1000).Select(i => (byte)i)));
        Assert.That(() => buffer.Advance(1 << 20), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}
