using System.Runtime.CompilerServices;

namespace Topology.Messaging;

/// <summary>The bytes of a text of 1 to 16 bytes in two numbers: together with the length they say the text.</summary>
/// <param name="First">The first eight bytes; of a text of 4 to 7 bytes the first four and the last four; of a shorter one the first, the middle and the last.</param>
/// <param name="Last">The last eight bytes, or 0.</param>
internal readonly record struct ShortTextKey(ulong First, ulong Last)
{
    private const ulong NotAscii = 0x8080_8080_8080_8080;

    /// <summary>Whether all bytes are ASCII.</summary>
    public bool IsAscii
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ((First | Last) & NotAscii) == 0;
    }

    /// <summary>The key of a text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ShortTextKey Of(ref byte source, int length)
    {
        if (length >= 8) return new(Unsafe.ReadUnaligned<ulong>(ref source), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, length - 8)));
        if (length >= 4)
            return new(Unsafe.ReadUnaligned<uint>(ref source) | ((ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref source, length - 4)) << 32), 0);
        return new(source | ((uint)Unsafe.Add(ref source, length >> 1) << 8) | ((uint)Unsafe.Add(ref source, length - 1) << 16), 0);
    }
}
