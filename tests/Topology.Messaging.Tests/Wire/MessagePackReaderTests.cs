using System.Buffers;

namespace Topology.Messaging.Tests;

public sealed class MessagePackReaderTests
{
    private delegate void Reading(ref MessagePackReader reader);

    [Test]
    public void What_was_written_is_read()
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        var time = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(7);
        writer.WriteArrayHeader(3);
        writer.WriteMapHeader(2);
        writer.WriteNil();
        writer.Write(true);
        writer.Write(long.MinValue);
        writer.Write(ulong.MaxValue);
        writer.Write(1.5f);
        writer.Write(2.5);
        writer.Write("text");
        writer.Write((ReadOnlySpan<byte>)[1, 2]);
        writer.Write(time);
        writer.WriteExtension(9, [3]);
        writer.Flush();

        var reader = new MessagePackReader(buffer.WrittenSpan);
        Assert.That(reader.ReadArrayHeader(), Is.EqualTo(3));
        Assert.That(reader.ReadMapHeader(), Is.EqualTo(2));
        Assert.That(reader.TryReadNil(), Is.True);
        Assert.That(reader.TryReadNil(), Is.False);
        Assert.That(reader.ReadBoolean(), Is.True);
        Assert.That(reader.ReadInt64(), Is.EqualTo(long.MinValue));
        Assert.That(reader.ReadUInt64(), Is.EqualTo(ulong.MaxValue));
        Assert.That(reader.ReadSingle(), Is.EqualTo(1.5f));
        Assert.That(reader.ReadDouble(), Is.EqualTo(2.5));
        Assert.That(reader.ReadString(), Is.EqualTo("text"));
        Assert.That(reader.ReadBytes(), Is.EqualTo(new byte[] { 1, 2 }));
        Assert.That(reader.ReadDateTime(), Is.EqualTo(time));
        Assert.That(reader.ReadExtensionFormatHeader(), Is.EqualTo(new ExtensionHeader(9, 1)));
        Assert.That(reader.ReadRaw(1).ToArray(), Is.EqualTo(new byte[] { 3 }));
        Assert.That(reader.End, Is.True);
    }

    [Test]
    public void A_number_that_does_not_fit_is_refused() => Assert.Multiple(() =>
    {
        Refuse("CD0100", (ref MessagePackReader r) => r.ReadByte());
        Refuse("FF", (ref MessagePackReader r) => r.ReadByte());
        Refuse("CC80", (ref MessagePackReader r) => r.ReadSByte());
        Refuse("D1FF7F", (ref MessagePackReader r) => r.ReadSByte());
        Refuse("CE00010000", (ref MessagePackReader r) => r.ReadUInt16());
        Refuse("CD8000", (ref MessagePackReader r) => r.ReadInt16());
        Refuse("CF0000000100000000", (ref MessagePackReader r) => r.ReadUInt32());
        Refuse("CE80000000", (ref MessagePackReader r) => r.ReadInt32());
        Refuse("FF", (ref MessagePackReader r) => r.ReadUInt64());
        Refuse("CF8000000000000000", (ref MessagePackReader r) => r.ReadInt64());
    });

    [Test]
    public void Another_type_than_asked_for_is_refused() => Assert.Multiple(() =>
    {
        Refuse("A161", (ref MessagePackReader r) => r.ReadInt64());
        Refuse("01", (ref MessagePackReader r) => r.ReadString());
        Refuse("01", (ref MessagePackReader r) => r.ReadBytes());
        Refuse("01", (ref MessagePackReader r) => r.ReadArrayHeader());
        Refuse("90", (ref MessagePackReader r) => r.ReadMapHeader());
        Refuse("C0", (ref MessagePackReader r) => r.ReadBoolean());
        Refuse("C3", (ref MessagePackReader r) => r.ReadNil());
        Refuse("C3", (ref MessagePackReader r) => r.ReadDouble());
        Refuse("01", (ref MessagePackReader r) => r.ReadExtensionFormatHeader());
        Refuse("D60500000000", (ref MessagePackReader r) => r.ReadDateTime());
        Refuse("D7FFFFFFFFFF00000000", (ref MessagePackReader r) => r.ReadDateTime());
        Refuse("C70CFF000000007FFFFFFFFFFFFFFF", (ref MessagePackReader r) => r.ReadDateTime());
        Refuse("", (ref MessagePackReader r) => _ = r.NextCode);
        Refuse("C1", (ref MessagePackReader r) => r.Skip());
        Refuse("0000", (ref MessagePackReader r) => r.ReadRaw(3));
        Refuse("0000", (ref MessagePackReader r) => r.ReadRaw(-1));
    });

    [Test]
    public void A_value_is_skipped_with_all_that_is_in_it()
    {
        // { "a": [1, {nil: bin(2)}], ext: 1.5 } and then true.
        var reader = new MessagePackReader(Convert.FromHexString("82A1619201" + "81C0C40201FF" + "D50A0102" + "CA3FC00000" + "C3"));
        Assert.That(reader.ReadRaw().Length, Is.EqualTo(20));
        Assert.That(reader.ReadBoolean(), Is.True);
    }

    [Test]
    public void Nesting_is_skipped_up_to_its_limit_and_a_depth_of_a_million_costs_neither_stack_nor_memory()
    {
        var deep = Enumerable.Repeat((byte)0x91, 1_000_000).Append((byte)0xC0).ToArray();
        var position = deep.Length - 1 - MessagePackReader.MaxDepth;
        Assert.That(MessagePackReader.TrySkip(deep, ref position), Is.EqualTo(WireError.None));
        Assert.That(position, Is.EqualTo(deep.Length));
        var before = GC.GetAllocatedBytesForCurrentThread();
        position = 0;
        var whole = MessagePackReader.TrySkip(deep, ref position);
        position = deep.Length - 2 - MessagePackReader.MaxDepth;
        var oneTooDeep = MessagePackReader.TrySkip(deep, ref position);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That((whole, oneTooDeep), Is.EqualTo((WireError.TooDeep, WireError.TooDeep)));
    }

    [Test]
    public void Whatever_the_bytes_are_only_the_one_exception_is_thrown()
    {
        const int Seed = 20260102;
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var data = new byte[24];
        var refused = 0;
        for (var round = 0; round < 20_000; round++)
        {
            random.NextBytes(data);
            if (!TryReadAll(data.AsSpan(0, random.Next(data.Length + 1)), random)) refused++;
        }

        Assert.That(refused, Is.InRange(1_000, 19_999));
    }

    private static bool TryReadAll(ReadOnlySpan<byte> data, Random random)
    {
        var reader = new MessagePackReader(data);
        try
        {
            while (!reader.End) ReadSomething(ref reader, random.Next(9));
            return true;
        }
        catch (MessagePackSerializationException)
        {
            return false;
        }
    }

    private static void ReadSomething(ref MessagePackReader reader, int what)
    {
        switch (what)
        {
            case 0: reader.ReadInt32(); break;
            case 1: reader.ReadString(); break;
            case 2: reader.ReadBytes(); break;
            case 3: reader.ReadDateTime(); break;
            case 4: reader.ReadDouble(); break;
            case 5: reader.ReadArrayHeader(); break;
            case 6: reader.ReadRaw(reader.ReadExtensionFormatHeader().Length); break;
            case 7: reader.TryReadStringSpan(out _); reader.Skip(); break;
            default: reader.Skip(); break;
        }
    }

    private static void Refuse(string hex, Reading read) =>
        Assert.That(
            () =>
            {
                var reader = new MessagePackReader(Convert.FromHexString(hex));
                read(ref reader);
            },
            Throws.TypeOf<MessagePackSerializationException>(),
            hex);
}
