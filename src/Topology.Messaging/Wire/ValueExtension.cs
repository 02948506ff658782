namespace Topology.Messaging;

/// <summary>The extension types of values that MessagePack has no form of its own for. Part of the format: never change one.</summary>
internal static class ValueExtension
{
    /// <summary>A timestamp with an offset: UTC ticks of 100 ns since the year 1 (8 bytes, little-endian), minutes from UTC (2).</summary>
    public const sbyte OffsetTimestamp = 0x10;

    /// <summary>A span of time: ticks of 100 ns (8 bytes, little-endian).</summary>
    public const sbyte Duration = 0x11;

    /// <summary>A decimal: the low, middle and high 32 bits, then sign (bit 31) and scale (bits 16 to 23), each little-endian.</summary>
    public const sbyte Decimal = 0x12;

    /// <summary>An identifier: its 16 bytes in the order in which they are printed.</summary>
    public const sbyte Guid = 0x13;

    /// <summary>Text that is not Unicode, having half a surrogate pair: its UTF-16 code units, little-endian.</summary>
    public const sbyte Utf16Text = 0x14;
}
