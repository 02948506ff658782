namespace Topology.Messaging.Tests;

/// <summary>Frames with everything in them, for tests that break them.</summary>
internal static class SampleFrames
{
    public static FrameHeader Header { get; } = new(0x1122334455667788, 7, 0xCAFE, 42);

    public static Channel Channel { get; } = new(5, 1);

    /// <summary>Values of every kind, rows that share values, further pairs, several targets.</summary>
    public static byte[] Rows() => Write(writer => writer.WriteRows(Channel, 9, AnyWireRow.Fill(new BatchPool(), Samples()), 0));

    /// <summary>Every other section.</summary>
    public static byte[] Control() => Write(writer =>
    {
        writer.Write(new Hello(3, 0xBEEF, 1_000_000));
        writer.WriteAcks(2, 3, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }, [new AckText(1, "broken"), new AckText(300, "é")]);
        writer.WriteCredits([new Credit(new Channel(1, 2), 1000, 64_000), new Credit(new Channel(3, 4), ulong.MaxValue, 0)]);
        writer.Write(new Heartbeat(10, ulong.MaxValue));
        writer.Write(new ResendRequest(11, 12));
        writer.Write(new Acknowledgement(0xBEEF, 13));
        writer.Write(new Goodbye(14));
        writer.Write(new EndOfStream(15));
    });

    public static byte[] Write(Action<FrameWriter> write)
    {
        var writer = new FrameWriter(new FrameBufferPool());
        writer.Begin(Header);
        write(writer);
        return writer.Finish().WrittenSpan.ToArray();
    }

    private static AnyWireRow[] Samples()
    {
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2));
        return
        [
            Row(3, 0, [Value.Null, true, "word"]),
            Row(3, 1, [Value.Null, true, "word"]) with { IsShared = true },
            Row(3, 1, [-1, ulong.MaxValue, 3.25]),
            Row(3, 2, [new byte[] { 1, 2, 3 }, time, time.ToUniversalTime()]) with { Further = [new(7, 8), new(9, 10)] },
            Row(3, 2, [TimeSpan.FromDays(3), Value.Of(-1.50m), Value.Of(new Guid("00112233-4455-6677-8899-aabbccddeeff"))]),
            Row(3, 2, ["\ud83c", "a text of more than thirty-one characters, with ünïcode", 70_000]),
            Row(1, 0, []),
            Row(2, 0, [new string('x', 300)]) with { Further = [new(11, 12)] },
        ];
    }

    private static AnyWireRow Row(int source, int target, Value[] values) => new(source, target, 0, values, new TupleIds(1, 2), [], false);
}
