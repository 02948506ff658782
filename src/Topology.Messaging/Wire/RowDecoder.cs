using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>Reads rows as <see cref="RowEncoder"/> writes them, and in any other form that MessagePack allows, into a batch's values. Not thread-safe.</summary>
/// <param name="maxValueBytes">The largest size of a value.</param>
internal sealed class RowDecoder(int maxValueBytes)
{
    // With so much behind a value's first byte, nothing of a short text or an integer can lie beyond the end.
    private const int SafeRoom = 1 + ShortAscii.Longest;

    private readonly int[] _firstValues = new int[TupleBatch.Capacity];
    private readonly ushort[] _arities = new ushort[TupleBatch.Capacity];

    /// <summary>Where the values of each row read last begin in its batch.</summary>
    public ReadOnlySpan<int> FirstValues => _firstValues;

    /// <summary>How many values each row read last has.</summary>
    public ReadOnlySpan<ushort> Arities => _arities;

    /// <summary>Reads an array of rows. Whatever comes of it, the batch knows of the values that it got.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="position">Where the array begins; afterwards where it ends.</param>
    /// <param name="batch">A batch without rows.</param>
    /// <param name="count">How many rows there are.</param>
    public WireError TryRead(ReadOnlySpan<byte> body, ref int position, TupleBatch batch, out int count)
    {
        count = 0;
        var error = MessagePackToken.TryRead(body, ref position, out var head);
        if (error != WireError.None) return error;
        if (head.Type != MessagePackType.Array) return WireError.UnexpectedType;
        if (head.Length is 0 or > TupleBatch.Capacity) return WireError.InvalidBatch;
        count = head.Length;
        for (var row = 0; row < count && error == WireError.None; row++) error = ReadRow(body, ref position, batch, row);
        return error;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private WireError ReadRow(ReadOnlySpan<byte> body, ref int position, TupleBatch batch, int row)
    {
        if ((uint)position >= (uint)body.Length) return WireError.Truncated;
        var arity = body[position] - MessagePackCode.MinFixArray;
        if ((uint)arity <= MessagePackCode.MaxFixArrayCount) position++;
        else if (ReadOtherHead(body, ref position, row, ref arity) is var error and not WireError.None) return error;
        // The row before has the values already.
        if (arity < 0) return WireError.None;

        if (!batch.HasRoom(arity)) batch.EnsureRoom(arity);
        var first = batch.ValueCount;
        _firstValues[row] = first;
        _arities[row] = (ushort)arity;
        var result = ReadValues(body, ref position, batch.Values.AsSpan(first, arity));
        batch.CommitValues(arity);
        return result;
    }

    // The arity is -1 for a row that shares the values of the one before.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WireError ReadOtherHead(ReadOnlySpan<byte> body, ref int position, int row, ref int arity)
    {
        var error = MessagePackToken.TryRead(body, ref position, out var head);
        if (error != WireError.None) return error;
        if (head.Type == MessagePackType.Array)
        {
            arity = head.Length;
            return arity <= ushort.MaxValue ? WireError.None : WireError.InvalidBatch;
        }

        if (head.Type != MessagePackType.Nil) return WireError.UnexpectedType;
        if (row == 0) return WireError.InvalidBatch;
        _firstValues[row] = _firstValues[row - 1];
        _arities[row] = _arities[row - 1];
        arity = -1;
        return WireError.None;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private WireError ReadValues(ReadOnlySpan<byte> body, ref int position, Span<Value> values)
    {
        ref var start = ref MemoryMarshal.GetReference(body);
        var at = position;
        foreach (ref var value in values)
        {
            if (body.Length - at > SafeRoom)
            {
                ref var source = ref Unsafe.Add(ref start, (nint)(uint)at);
                uint code = source;
                if ((code & 0xE0) == MessagePackCode.MinFixStr)
                {
                    var length = (int)code & MessagePackCode.MaxFixStrLength;
                    value = TextFormat.ReadShort(ref Unsafe.Add(ref source, 1), length);
                    at += 1 + length;
                    continue;
                }

                if ((sbyte)code >= -32)
                {
                    value = (long)(sbyte)code;
                    at++;
                    continue;
                }

                if (code - MessagePackCode.UInt8 <= MessagePackCode.Int64 - MessagePackCode.UInt8)
                {
                    at += IntegerFormat.ReadWide(ref source, code, out value);
                    continue;
                }
            }

            var error = ValueFormat.TryRead(body, ref at, maxValueBytes, out value);
            if (error != WireError.None) return error;
        }

        position = at;
        return WireError.None;
    }
}
