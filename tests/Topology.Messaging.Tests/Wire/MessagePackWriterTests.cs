using System.Buffers;

namespace Topology.Messaging.Tests;

public sealed class MessagePackWriterTests
{
    private delegate void Writing(ref MessagePackWriter writer);

    [Test]
    public void Everything_has_its_shortest_form() => Assert.Multiple(() =>
    {
        Check("C0", (ref MessagePackWriter w) => w.WriteNil());
        Check("C0", (ref MessagePackWriter w) => w.Write((string?)null));
        Check("C3C2", (ref MessagePackWriter w) => { w.Write(true); w.Write(false); });
        Check("CCFFD080CD0100", (ref MessagePackWriter w) => { w.Write((byte)255); w.Write((sbyte)-128); w.Write((short)256); });
        Check("CDFFFFCEFFFFFFFFFFCFFFFFFFFFFFFFFFFF", (ref MessagePackWriter w) => { w.Write(ushort.MaxValue); w.Write(uint.MaxValue); w.Write(-1); w.Write(ulong.MaxValue); });
        Check("CA3FC00000CB3FF8000000000000", (ref MessagePackWriter w) => { w.Write(1.5f); w.Write(1.5); });
        Check("A0A3C3A978", (ref MessagePackWriter w) => { w.Write(""); w.Write("éx"); });
        Check("A26162", (ref MessagePackWriter w) => w.WriteString("ab"u8));
        Check("C403010203", (ref MessagePackWriter w) => w.Write((ReadOnlySpan<byte>)[1, 2, 3]));
        Check("9F8F", (ref MessagePackWriter w) => { w.WriteArrayHeader(15); w.WriteMapHeader(15); });
        Check("DC0010DE0010", (ref MessagePackWriter w) => { w.WriteArrayHeader(16); w.WriteMapHeader(16); });
        Check("DCFFFFDD00010000", (ref MessagePackWriter w) => { w.WriteArrayHeader(65_535); w.WriteArrayHeader(65_536); });
        Check("DEFFFFDF00010000", (ref MessagePackWriter w) => { w.WriteMapHeader(65_535); w.WriteMapHeader(65_536); });
        Check("BFD920D9FFDA0100DAFFFFDB00010000", (ref MessagePackWriter w) => { foreach (var n in (int[])[31, 32, 255, 256, 65_535, 65_536]) w.WriteStringHeader(n); });
        Check("C4FFC50100C5FFFFC600010000", (ref MessagePackWriter w) => { foreach (var n in (int[])[255, 256, 65_535, 65_536]) w.WriteBinHeader(n); });
        Check("D405D505D605D705D805C70305C80100FFC900010000FF", (ref MessagePackWriter w) =>
        {
            foreach (var n in (uint[])[1, 2, 4, 8, 16, 3]) w.WriteExtensionFormatHeader(new ExtensionHeader(5, n));
            foreach (var n in (uint[])[256, 65_536]) w.WriteExtensionFormatHeader(new ExtensionHeader(-1, n));
        });
        Check("D6FF00000001", (ref MessagePackWriter w) => w.Write(DateTime.UnixEpoch.AddSeconds(1)));
        Check("D7FF0000019000000001", (ref MessagePackWriter w) => w.Write(DateTime.UnixEpoch.AddSeconds(1).AddTicks(1)));
        Check("C70CFF3B9AC99CFFFFFFFFFFFFFFFF", (ref MessagePackWriter w) => w.Write(DateTime.UnixEpoch.AddTicks(-1)));
    });

    [Test]
    public void What_is_written_is_in_the_buffer_after_a_flush_and_in_order()
    {
        var buffer = new ArrayBufferWriter<byte>(1);
        var writer = new MessagePackWriter(buffer);
        for (var i = 0; i < 100; i++)
        {
            writer.WriteRaw([(byte)i]);
            if (i % 7 == 0) writer.Flush();
        }

        writer.Flush();
        Assert.That(buffer.WrittenSpan.ToArray(), Is.EqualTo(Enumerable.Range(0, 100).Select(i => (byte)i)));
    }

    private static void Check(string hex, Writing write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        write(ref writer);
        writer.Flush();
        Assert.That(Convert.ToHexString(buffer.WrittenSpan), Is.EqualTo(hex));
    }
}
