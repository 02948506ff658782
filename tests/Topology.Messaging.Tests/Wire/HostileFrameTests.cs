using System.Buffers.Binary;

namespace Topology.Messaging.Tests;

/// <summary>Whatever comes in: no exception, nothing of a refused frame handed on, and no more memory than in proportion to what came.</summary>
public sealed class HostileFrameTests
{
    // A nil is a byte on the wire and 16 bytes as a value, in an array that doubles; what a batch needs anew when it was large is in the constant.
    private const int BytesPerByte = 48;
    private const int Constant = 16 * 1024;

    private readonly FrameDecoder _decoder = new(AnyWireRow.Plan(), new WireCounters());
    private readonly Releaser _receiver = new();

    private static byte[][] Frames => [SampleFrames.Rows(), SampleFrames.Control()];

    [OneTimeSetUp]
    public void WarmUp()
    {
        foreach (var frame in Frames) Assert.That(Decode(frame), Is.EqualTo(WireError.None));
        foreach (var frame in Frames) Decode(frame.AsSpan(0, frame.Length / 2));
    }

    [Test]
    public void A_frame_that_ends_early_is_refused_wherever_it_ends()
    {
        foreach (var frame in Frames)
            for (var length = 0; length < frame.Length; length++)
                Assert.That(Decode(frame.AsSpan(0, length)), Is.Not.EqualTo(WireError.None), $"{length} of {frame.Length} bytes");
    }

    [Test]
    public void A_section_that_ends_early_is_refused_wherever_it_ends()
    {
        // The mark says where the section ends, so what is read must end there too.
        foreach (var frame in Frames)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(frame.AsSpan(FrameHeader.Size + 3));
            for (var end = 1; end < length; end++)
            {
                var cut = frame[..(FrameHeader.Size + 7 + end)];
                BinaryPrimitives.WriteInt32LittleEndian(cut.AsSpan(FrameHeader.Size + 3), end);
                FrameHeader.WriteSectionCount(cut, 1);
                Assert.That(Decode(cut), Is.Not.EqualTo(WireError.None), $"{end} of {length} bytes");
            }
        }
    }

    [Test]
    public void A_flipped_bit_is_refused_or_gives_other_content_and_nothing_worse()
    {
        var refused = 0;
        foreach (var frame in Frames)
        {
            for (var bit = 0; bit < 8 * frame.Length; bit++)
            {
                frame[bit / 8] ^= (byte)(1 << (bit % 8));
                if (Decode(frame) != WireError.None) refused++;
                frame[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }

        Assert.That(refused, Is.GreaterThan(1_000));
    }

    [Test]
    public void Frames_that_were_changed_at_random_are_refused_or_read()
    {
        const int Seed = 4711;
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var (read, refused) = (0, 0);
        foreach (var original in Frames)
        {
            for (var round = 0; round < 100_000; round++)
            {
                var frame = Change(original, random);
                if (Decode(frame) == WireError.None) read++;
                else refused++;
            }
        }

        Assert.That((read > 1_000, refused > 50_000), Is.EqualTo((true, true)), $"{read} were read, {refused} refused.");
    }

    [Test]
    public void A_million_bodies_of_random_bytes_are_refused_or_read()
    {
        const int Seed = 815;
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var frame = SampleFrames.Write(w => w.Write(new Goodbye(1))).Concat(new byte[40]).ToArray();
        FrameHeader.WriteSectionCount(frame, 1);
        for (var round = 0; round < 1_000_000; round++)
        {
            var length = random.Next(1, 40);
            random.NextBytes(frame.AsSpan(FrameHeader.Size + 7, length));
            frame[FrameHeader.Size + 2] = (byte)random.Next(10);
            BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(FrameHeader.Size + 3), length);
            Decode(frame.AsSpan(0, FrameHeader.Size + 7 + length));
        }
    }

    [Test]
    public void Random_rows_in_a_true_batch_are_refused_or_read()
    {
        const int Seed = 99;
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        byte[] codes = [0xC0, 0xC1, 0xC4, 0xC7, 0xCA, 0xCF, 0xD3, 0xD6, 0xD8, 0xD9, 0xDC, 0xDF, 0xA3, 0xBF, 0x92, 0x93, 0xFF, 0x05];
        var frame = SampleFrames.Rows();
        const int Rows = FrameHeader.Size + 7 + BatchSection.RowsAt + 3;
        for (var round = 0; round < 300_000; round++)
        {
            var at = Rows + random.Next(frame.Length - Rows);
            var (byteBefore, nextBefore) = (frame[at], frame[at - 1]);
            frame[at] = codes[random.Next(codes.Length)];
            frame[at - 1] = (byte)random.Next(256);
            Decode(frame);
            (frame[at], frame[at - 1]) = (byteBefore, nextBefore);
        }

        Assert.That(Decode(frame), Is.EqualTo(WireError.None), "The frame is whole again, so the changes were what was tested.");
    }

    [TestCase("DBFFFFFFFF", Description = "text of 2^32 - 1 bytes")]
    [TestCase("DB40000000", Description = "text of 1 GiB")]
    [TestCase("C6FFFFFFFF", Description = "bytes")]
    [TestCase("C9FFFFFFFF10", Description = "an extension")]
    [TestCase("DDFFFFFFFF", Description = "an array")]
    [TestCase("DFFFFFFFFF", Description = "a map")]
    public void What_is_declared_costs_nothing_wherever_it_stands(string hex)
    {
        var head = Convert.FromHexString(hex);
        var rows = SampleFrames.Rows();
        const int Body = FrameHeader.Size + 7;
        const int RowsAt = Body + BatchSection.RowsAt;
        // In place of the batch, of all rows, of the first row, of its first value, and of what an unknown section holds.
        foreach (var at in (int[])[Body, RowsAt, RowsAt + 3, RowsAt + 4])
            Assert.That(Decode([.. rows.AsSpan(0, at), .. head, .. rows.AsSpan(at + 1)]), Is.Not.EqualTo(WireError.None));
        foreach (byte type in (byte[])[1, 2, 3, 4, 5, 6, 7, 8, 99]) Assert.That(Decode(OneSection(type, head)), Is.Not.EqualTo(WireError.None));
    }

    [Test]
    public void A_depth_of_a_million_is_refused()
    {
        var deep = Enumerable.Repeat((byte)0x91, 1_000_000).ToArray();
        foreach (byte type in (byte[])[1, 2, 3, 4, 5, 99]) Assert.That(Decode(OneSection(type, deep)), Is.Not.EqualTo(WireError.None));
    }

    private static byte[] OneSection(byte type, byte[] body)
    {
        var frame = SampleFrames.Write(_ => { });
        FrameHeader.WriteSectionCount(frame, 1);
        byte[] mark = [0x92, 0xD6, type, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(mark.AsSpan(3), body.Length);
        return [.. frame, .. mark, .. body];
    }

    private static byte[] Change(byte[] original, Random random)
    {
        var frame = original.ToArray();
        for (var i = random.Next(1, 4); i > 0; i--) frame[random.Next(FrameHeader.Size, frame.Length)] = (byte)random.Next(256);
        if (random.Next(4) > 0) return frame;
        // Bytes put in, or taken out.
        var at = random.Next(frame.Length);
        return random.Next(2) == 0 ? [.. frame[..at], (byte)random.Next(256), .. frame[at..]] : [.. frame[..at], .. frame[(at + 1)..]];
    }

    private WireError Decode(ReadOnlySpan<byte> frame)
    {
        var handedOn = _receiver.Calls;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = _decoder.Decode(frame, _receiver);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > Constant + ((long)BytesPerByte * frame.Length)) Assert.Fail($"{frame.Length} bytes made {allocated}: {Convert.ToHexString(frame[..Math.Min(200, frame.Length)])}");
        if (error != WireError.None && _receiver.Calls != handedOn) Assert.Fail($"Something was handed on of a refused frame: {Convert.ToHexString(frame)}");
        return error;
    }

    private sealed class Releaser : IFrameReceiver
    {
        public int Calls { get; private set; }

        public void OnBatch(Channel channel, ulong sequence, TupleBatch batch)
        {
            Calls++;
            batch.Release(batch.RunCount);
        }

        public void OnAcks(in AckSection acks)
        {
            Calls++;
            var texts = acks.Texts;
            for (var left = texts.ReadArrayHeader(); left > 0; left -= 2)
            {
                texts.ReadUInt32();
                texts.TryReadStringSpan(out _);
            }
        }

        public void OnCredits(ReadOnlySpan<Credit> credits) => Calls++;

        public void OnHello(Hello hello) => Calls++;

        public void OnGoodbye(Goodbye goodbye) => Calls++;

        public void OnHeartbeat(Heartbeat heartbeat) => Calls++;

        public void OnResendRequest(ResendRequest request) => Calls++;

        public void OnAcknowledgement(Acknowledgement acknowledgement) => Calls++;

        public void OnEndOfStream(EndOfStream end) => Calls++;
    }
}
