using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>
/// Writes frames, one after the other. Each goes into a buffer of its own, which whoever sends it gives back to the pool once it need not be sent again. Not thread-safe.
/// </summary>
/// <param name="pool">Where buffers come from.</param>
/// <param name="target">The size in bytes at which a frame should be sent. It is exceeded by the last row at most, and by what is not rows.</param>
internal sealed class FrameWriter(FrameBufferPool pool, int target = FrameWriter.DefaultTarget)
{
    /// <summary>64 KiB: some 2,000 small rows, of which the header and the marks are less than 1 %.</summary>
    public const int DefaultTarget = 64 * 1024;

    /// <summary>The batches that a frame may have: what a receiver decodes into takes 16 KiB and more for each.</summary>
    public const int MaxBatches = 256;

    // The head of an array of two, then an extension of four bytes with the length of what comes behind.
    private const int MarkSize = 7;
    private const int BatchFields = 5;
    private const int RowsHeadSize = 3;

    private FrameBuffer? _open;
    private int _sections;
    private int _batches;

    /// <summary>Whether a frame is open and has no sections yet.</summary>
    public bool IsEmpty => _sections == 0;

    /// <summary>How many bytes the open frame has.</summary>
    public int Written => _open?.Written ?? 0;

    /// <summary>Whether the open frame should take more; else it is time to <see cref="Finish"/> it.</summary>
    public bool HasRoom => Written < target && _batches < MaxBatches && _sections < ushort.MaxValue - 1;

    private FrameBuffer Buffer => _open ?? throw new InvalidOperationException("No frame was begun.");

    /// <summary>Opens a frame.</summary>
    public void Begin(in FrameHeader header)
    {
        if (_open is not null) throw new InvalidOperationException("The frame before was not finished.");
        _open = pool.Rent();
        header.Write(_open.GetSpan(FrameHeader.Size));
        _open.Written = FrameHeader.Size;
    }

    /// <summary>Closes the frame and hands it over. <see cref="FrameHeader.WriteSequence"/> may still be called on it.</summary>
    public FrameBuffer Finish()
    {
        var buffer = Buffer;
        FrameHeader.WriteSectionCount(buffer.WrittenSpan, _sections);
        (_open, _sections, _batches) = (null, 0, 0);
        return buffer;
    }

    /// <summary>Writes rows of a published batch as one section, until the batch ends or the frame has reached its size.</summary>
    /// <param name="channel">Where they come from and go to.</param>
    /// <param name="sequence">The place of what is written among the batches of the channel.</param>
    /// <param name="batch">The batch, all of whose values are within the limit.</param>
    /// <param name="first">The first row.</param>
    /// <returns>
    /// The first row that is not written. When that is <paramref name="first"/>, nothing was: then it goes into a frame that is empty, or, if this one is, it is too large to be sent.
    /// </returns>
    public int WriteRows(Channel channel, ulong sequence, TupleBatch batch, int first)
    {
        var buffer = Buffer;
        var start = Begin(SectionType.Batch);
        WriteChannel(buffer, channel, sequence);
        var rows = buffer.Written;
        buffer.GetSpan(RowsHeadSize);
        buffer.Written += RowsHeadSize;
        var end = RowEncoder.Write(buffer, batch, first, target);
        if (end == first)
        {
            buffer.Written = start;
            return first;
        }

        // Always with 16 bits, since the rows are there before their number is known.
        buffer.At(rows) = MessagePackCode.Array16;
        BinaryPrimitives.WriteUInt16BigEndian(buffer.WrittenSpan[(rows + 1)..], (ushort)(end - first));
        AddressEncoder.WriteRuns(buffer, batch, first, end);
        AddressEncoder.WriteIds(buffer, batch, first, end);
        AddressEncoder.WriteFurther(buffer, batch, first, end);
        End(start);
        _batches++;
        return end;
    }

    /// <summary>Writes messages to an acker.</summary>
    /// <param name="acker">The acker's number.</param>
    /// <param name="kind">What they all mean; the engine's affair.</param>
    /// <param name="messages">The messages, pairs of 64 bits in the order of the host, which is little-endian.</param>
    /// <param name="texts">Texts that messages refer to by number.</param>
    public void WriteAcks(uint acker, byte kind, ReadOnlySpan<byte> messages, ReadOnlySpan<AckText> texts)
    {
        var start = Begin(SectionType.Acks);
        var writer = new MessagePackWriter(Buffer);
        writer.WriteArrayHeader(4);
        writer.Write(acker);
        writer.Write(kind);
        writer.Write(messages);
        writer.WriteArrayHeader(2 * texts.Length);
        foreach (var text in texts)
        {
            writer.Write(text.Number);
            writer.Write(text.Text);
        }

        writer.Flush();
        End(start);
    }

    /// <summary>Writes what may be sent on channels.</summary>
    public void WriteCredits(ReadOnlySpan<Credit> credits)
    {
        var start = Begin(SectionType.Credits);
        var writer = new MessagePackWriter(Buffer);
        writer.Write(MemoryMarshal.AsBytes(credits));
        writer.Flush();
        End(start);
    }

    /// <summary>Writes the first section of a connection.</summary>
    public void Write(Hello hello) => WriteNumbers(SectionType.Hello, [hello.Worker, hello.PeerIncarnation, hello.Received]);

    /// <summary>Writes the last section of a connection.</summary>
    public void Write(Goodbye goodbye) => WriteNumbers(SectionType.Goodbye, [goodbye.Sent]);

    /// <summary>Writes a sign of life.</summary>
    public void Write(Heartbeat heartbeat) => WriteNumbers(SectionType.Heartbeat, [heartbeat.Sent, heartbeat.Received]);

    /// <summary>Asks for frames again.</summary>
    public void Write(ResendRequest request) => WriteNumbers(SectionType.ResendRequest, [request.First, request.Last, request.Connection]);

    /// <summary>Says which frames have come in.</summary>
    public void Write(Acknowledgement acknowledgement) => WriteNumbers(SectionType.Acknowledgement, [acknowledgement.Incarnation, acknowledgement.Received, acknowledgement.Connection]);

    /// <summary>Says that a component has emitted its last; in a frame behind all its rows.</summary>
    public void Write(EndOfStream end) => WriteNumbers(SectionType.EndOfStream, [end.Component]);

    private void WriteNumbers(SectionType type, ReadOnlySpan<ulong> numbers)
    {
        var start = Begin(type);
        var writer = new MessagePackWriter(Buffer);
        writer.WriteArrayHeader(numbers.Length);
        foreach (var number in numbers) writer.Write(number);
        writer.Flush();
        End(start);
    }

    private static void WriteChannel(FrameBuffer buffer, Channel channel, ulong sequence)
    {
        var span = buffer.GetSpan(3 + BatchSection.ChannelSize);
        span[0] = MessagePackCode.MinFixArray | BatchFields;
        span[1] = MessagePackCode.Bin8;
        span[2] = BatchSection.ChannelSize;
        BinaryPrimitives.WriteUInt32LittleEndian(span[3..], channel.From);
        BinaryPrimitives.WriteUInt32LittleEndian(span[7..], channel.To);
        BinaryPrimitives.WriteUInt64LittleEndian(span[11..], sequence);
        buffer.Written += 3 + BatchSection.ChannelSize;
    }

    private int Begin(SectionType type)
    {
        var start = Buffer.Written;
        var span = Buffer.GetSpan(MarkSize);
        span[0] = MessagePackCode.MinFixArray | 2;
        span[1] = MessagePackCode.FixExt4;
        span[2] = (byte)type;
        Buffer.Written = start + MarkSize;
        return start;
    }

    private void End(int start)
    {
        var section = Buffer.WrittenSpan[start..];
        BinaryPrimitives.WriteUInt32LittleEndian(section[3..], (uint)(section.Length - MarkSize));
        _sections++;
    }
}
