namespace Topology.Cluster;

/// <summary>The CRC-32 of zips: polynomial 0xEDB88320, reflected (PKWARE APPNOTE 4.4.7).</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => Entry((uint)value))];

    /// <summary>Goes on with a sum over more bytes; the first goes on from 0.</summary>
    public static uint Append(uint sum, ReadOnlySpan<byte> bytes)
    {
        var register = ~sum;
        foreach (var value in bytes) register = Table[(byte)(register ^ value)] ^ (register >> 8);
        return ~register;
    }

    private static uint Entry(uint value)
    {
        for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        return value;
    }
}
