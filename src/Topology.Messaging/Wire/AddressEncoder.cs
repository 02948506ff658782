using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>Writes where rows come from and go to, their trees, and the further (root, edge) pairs of rows with several anchors.</summary>
internal static class AddressEncoder
{
    /// <summary>The bytes that the heads of all three may take.</summary>
    public const int HeadRoom = 3 * MessagePackHeads.Room;

    private const int RunSize = 8;
    private const int HeadSize = 3;
    private const int PairSize = 16;
    private const int FurtherHeadSize = 8;

    /// <summary>The bytes that a row's address, tree and further pairs may take.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long RoomFor(TupleBatch batch, in Row row) => RunSize + PairSize + (row.FirstExtra < 0 ? 0 : FurtherSize(batch, row.FirstExtra));

    /// <summary>Writes runs of rows that are alike, as bytes.</summary>
    [SkipLocalsInit]
    public static void WriteRuns(FrameBuffer buffer, TupleBatch batch, int first, int end)
    {
        Span<ushort> targets = stackalloc ushort[TupleBatch.Capacity];
        FindTargets(batch, targets);
        var span = buffer.GetSpan(HeadSize + (RunSize * (end - first)));
        var runs = MemoryMarshal.Cast<byte, AddressRun>(span[HeadSize..]);
        var count = 0;
        var rows = batch.Rows;
        for (var row = first; row < end; row++)
        {
            var run = new AddressRun(1, targets[row], rows[row].Source, rows[row].Task);
            if (count > 0 && runs[count - 1] is var last && run with { Count = last.Count } == last) runs[count - 1].Count++;
            else runs[count++] = run;
        }

        // Always with 16 bits of length, since the runs are there before their number is known.
        span[0] = MessagePackCode.Bin16;
        BinaryPrimitives.WriteUInt16BigEndian(span[1..], (ushort)(RunSize * count));
        buffer.Written += HeadSize + (RunSize * count);
    }

    /// <summary>Writes nothing for rows without trees, roots alone where no row has an edge of its own, else (root, edge) pairs.</summary>
    public static void WriteIds(FrameBuffer buffer, TupleBatch batch, int first, int end)
    {
        var ids = batch.Ids;
        if (!ids.IsEmpty) ids = ids[first..end];
        if (!ids.IsEmpty && !HasEdges(ids))
        {
            WriteRoots(buffer, ids);
            return;
        }

        WriteBytes(buffer, MemoryMarshal.AsBytes(ids));
    }

    /// <summary>Writes the further pairs: for each row that has some its number, their count (32 bits each), and the pairs.</summary>
    public static void WriteFurther(FrameBuffer buffer, TupleBatch batch, int first, int end)
    {
        var size = 0;
        for (var row = first; row < end; row++)
            if (batch.Rows[row].FirstExtra is >= 0 and var at) size += (int)FurtherSize(batch, at);
        var span = buffer.GetSpan(MessagePackHeads.Room + size);
        var position = MessagePackHeads.WriteBinary(span, (uint)size);
        for (var row = first; size > 0 && row < end; row++)
            if (batch.Rows[row].FirstExtra is >= 0 and var at) position += WritePairs(span[position..], row - first, batch.ExtraOf(at));
        buffer.Written += position;
    }

    private static int WritePairs(Span<byte> target, int row, ReadOnlySpan<TupleIds> pairs)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, row);
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], pairs.Length);
        MemoryMarshal.AsBytes(pairs).CopyTo(target[FurtherHeadSize..]);
        return FurtherHeadSize + (PairSize * pairs.Length);
    }

    private static long FurtherSize(TupleBatch batch, int first) => FurtherHeadSize + ((long)PairSize * batch.ExtraOf(first).Length);

    // A row does not know its executor: the batch's runs do.
    private static void FindTargets(TupleBatch batch, Span<ushort> targets)
    {
        for (var run = 0; run < batch.RunCount; run++) targets[batch.FirstOf(run)..batch.EndOf(run)].Fill((ushort)batch.PlaceOf(run));
    }

    private static bool HasEdges(ReadOnlySpan<TupleIds> ids)
    {
        ulong any = 0;
        foreach (ref readonly var id in ids) any |= id.Edge;
        return any != 0;
    }

    private static void WriteRoots(FrameBuffer buffer, ReadOnlySpan<TupleIds> ids)
    {
        var size = sizeof(ulong) * ids.Length;
        var span = buffer.GetSpan(MessagePackHeads.Room + size);
        var head = MessagePackHeads.WriteBinary(span, (uint)size);
        var roots = MemoryMarshal.Cast<byte, ulong>(span.Slice(head, size));
        for (var i = 0; i < roots.Length; i++) roots[i] = ids[i].Root;
        buffer.Written += head + size;
    }

    private static void WriteBytes(FrameBuffer buffer, ReadOnlySpan<byte> bytes)
    {
        var span = buffer.GetSpan(MessagePackHeads.Room + bytes.Length);
        var head = MessagePackHeads.WriteBinary(span, (uint)bytes.Length);
        bytes.CopyTo(span[head..]);
        buffer.Written += head + bytes.Length;
    }
}
