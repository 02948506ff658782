using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>
/// Writes rows: each an array of its values, in the shortest form of each, straight into the send buffer. A row that shares the values of the one before, as
/// those of an all-grouping do, is nil.
/// </summary>
internal static class RowEncoder
{
    /// <summary>Writes rows until the batch ends or the frame is large enough.</summary>
    /// <param name="buffer">The frame.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="first">The first row to write.</param>
    /// <param name="enough">The size of the frame in bytes at which to stop.</param>
    /// <returns>The first row that is not written. That is the first of all when it does not fit into a frame.</returns>
    public static int Write(FrameBuffer buffer, TupleBatch batch, int first, int enough)
    {
        var rows = batch.Rows.AsSpan(0, batch.Count);
        var position = buffer.Written;
        var shared = -1;
        long tail = AddressEncoder.HeadRoom;
        var row = first;
        while (row < rows.Length && (position < enough || row == first))
        {
            ref readonly var current = ref rows[row];
            // What follows the rows is kept room for with each of them, so that it fits when they do.
            tail += AddressEncoder.RoomFor(batch, current);
            var end = current.FirstValue == shared
                ? WriteShared(buffer, position, tail)
                : WriteRow(buffer, position, tail, batch.Values.AsSpan(current.FirstValue, current.Arity));
            if (end < 0) break;
            shared = current.Arity == 0 ? -1 : current.FirstValue;
            position = end;
            row++;
        }

        buffer.Written = position;
        return row;
    }

    private static int WriteShared(FrameBuffer buffer, int position, long tail)
    {
        if (!buffer.TryReserve(position, 1 + tail)) return -1;
        buffer.At(position) = MessagePackCode.Nil;
        return position + 1;
    }

    /// <summary>Returns where the row ends, or -1 when it does not fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WriteRow(FrameBuffer buffer, int position, long tail, ReadOnlySpan<Value> values)
    {
        // Room for the head and all values but text and bytes, so that only those have to ask for more.
        var room = tail + (ValueFormat.Room * (values.Length + 1L));
        if (!buffer.TryReserve(position, room)) return -1;
        position += WriteHead(ref buffer.At(position), values.Length);
        foreach (ref readonly var value in values)
        {
            if (value.Reference is string text)
            {
                var chars = value.PartOf(text);
                if (!buffer.TryReserve(position, room + TextFormat.RoomFor(chars.Length))) return -1;
                position += TextFormat.Write(ref buffer.At(position), chars);
            }
            else if (ReferenceEquals(value.Reference, ValueTag.Int64))
            {
                position += IntegerFormat.Write(ref buffer.At(position), value.Bits);
            }
            else
            {
                position = WriteOther(buffer, position, room, value);
                if (position < 0) return -1;
            }
        }

        return position;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WriteHead(ref byte target, int arity)
    {
        if (arity > MessagePackCode.MaxFixArrayCount) return MessagePackHeads.WriteArray(MemoryMarshal.CreateSpan(ref target, MessagePackHeads.Room), (uint)arity);
        target = (byte)(MessagePackCode.MinFixArray | arity);
        return 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int WriteOther(FrameBuffer buffer, int position, long room, in Value value)
    {
        var own = ValueFormat.RoomFor(value);
        if (!buffer.TryReserve(position, room + own)) return -1;
        return position + ValueFormat.Write(MemoryMarshal.CreateSpan(ref buffer.At(position), (int)own), value);
    }
}
