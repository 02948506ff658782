namespace Topology.Messaging.Tests;

/// <summary>A frame that can be told from all others by a number.</summary>
internal static class NumberedFrame
{
    public static FrameBuffer Write(FrameBufferPool pool, FrameHeader header, uint number, int size = 0)
    {
        var writer = new FrameWriter(pool);
        writer.Begin(header);
        writer.WriteAcks(number, 0, new byte[size], []);
        return writer.Finish();
    }

    public static uint Read(ReadOnlySpan<byte> frame)
    {
        Assert.That(FrameReader.TryOpen(frame, out var reader), Is.EqualTo(WireError.None));
        Assert.That(reader.TryRead(out var section), Is.True);
        Assert.That(AckSection.TryRead(section.Body, int.MaxValue, out var acks), Is.EqualTo(WireError.None));
        return acks.Acker;
    }
}
