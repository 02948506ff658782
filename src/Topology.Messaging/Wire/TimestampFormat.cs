using System.Buffers.Binary;

namespace Topology.Messaging;

/// <summary>MessagePack's timestamp, extension -1, in its forms of 32, 64 and 96 bits. Ticks are those of .NET, 100 ns since the year 1.</summary>
internal static class TimestampFormat
{
    /// <summary>The largest content in bytes.</summary>
    public const int Room = 12;

    private const int NanosecondsPerTick = 100;
    private const int NanosecondsPerSecond = 1_000_000_000;
    private const int SecondBits = 34;

    private static readonly long UnixEpoch = DateTime.UnixEpoch.Ticks;

    /// <summary>Writes the shortest content and returns its size in bytes: 4, 8 or 12.</summary>
    public static int Write(Span<byte> target, long utcTicks)
    {
        var (seconds, ticks) = Math.DivRem(utcTicks - UnixEpoch, TimeSpan.TicksPerSecond);
        if (ticks < 0) (seconds, ticks) = (seconds - 1, ticks + TimeSpan.TicksPerSecond);
        var nanoseconds = (uint)ticks * NanosecondsPerTick;
        if (seconds >> SecondBits != 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(target, nanoseconds);
            BinaryPrimitives.WriteInt64BigEndian(target[4..], seconds);
            return 12;
        }

        if (nanoseconds == 0 && seconds <= uint.MaxValue)
        {
            BinaryPrimitives.WriteUInt32BigEndian(target, (uint)seconds);
            return 4;
        }

        BinaryPrimitives.WriteUInt64BigEndian(target, ((ulong)nanoseconds << SecondBits) | (ulong)seconds);
        return 8;
    }

    /// <summary>Reads content; what is finer than 100 ns is cut off. False when it is not a time from the year 1 to 9999.</summary>
    public static bool TryRead(ReadOnlySpan<byte> content, out long utcTicks)
    {
        utcTicks = 0;
        if (!TrySplit(content, out var seconds, out var nanoseconds) || nanoseconds >= NanosecondsPerSecond) return false;
        if (seconds < -UnixEpoch / TimeSpan.TicksPerSecond || seconds > (DateTime.MaxValue.Ticks - UnixEpoch) / TimeSpan.TicksPerSecond) return false;
        utcTicks = UnixEpoch + (seconds * TimeSpan.TicksPerSecond) + (nanoseconds / NanosecondsPerTick);
        return true;
    }

    private static bool TrySplit(ReadOnlySpan<byte> content, out long seconds, out uint nanoseconds)
    {
        (seconds, nanoseconds) = (0, 0);
        switch (content.Length)
        {
            case 4:
                seconds = BinaryPrimitives.ReadUInt32BigEndian(content);
                return true;
            case 8:
                var both = BinaryPrimitives.ReadUInt64BigEndian(content);
                (seconds, nanoseconds) = ((long)(both & ((1UL << SecondBits) - 1)), (uint)(both >> SecondBits));
                return true;
            case 12:
                (seconds, nanoseconds) = (BinaryPrimitives.ReadInt64BigEndian(content[4..]), BinaryPrimitives.ReadUInt32BigEndian(content));
                return true;
            default:
                return false;
        }
    }
}
