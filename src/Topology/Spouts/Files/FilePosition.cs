using System.Buffers.Binary;
using System.Text;

namespace Topology;

/// <summary>The payload of a <see cref="FilesSpout"/>'s position: a place in a file, and which files it counts on having been dealt to whom.</summary>
/// <param name="Tasks">How many tasks shared the files.</param>
/// <param name="ListHash">The <see cref="InputFile.ListHash"/> of the file.</param>
/// <param name="Offset">Where in the file, in bytes.</param>
/// <param name="Line">The number of the line there, from 1.</param>
/// <param name="Name">The file's name.</param>
internal readonly record struct FilePosition(int Tasks, ulong ListHash, long Offset, long Line, string Name)
{
    private const byte Version = 1;

    // The version, the number of tasks, and three words; then the name in UTF-8.
    private const int HeadBytes = 1 + sizeof(int) + 3 * sizeof(long);

    public byte[] ToPayload()
    {
        var payload = new byte[HeadBytes + Encoding.UTF8.GetByteCount(Name)];
        payload[0] = Version;
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(1), Tasks);
        BinaryPrimitives.WriteUInt64LittleEndian(payload.AsSpan(5), ListHash);
        BinaryPrimitives.WriteInt64LittleEndian(payload.AsSpan(13), Offset);
        BinaryPrimitives.WriteInt64LittleEndian(payload.AsSpan(21), Line);
        Encoding.UTF8.GetBytes(Name, payload.AsSpan(HeadBytes));
        return payload;
    }

    /// <summary>False for a payload that another kind of spout wrote, or another version of this one.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out FilePosition position)
    {
        position = default;
        if (payload.Length < HeadBytes || payload[0] != Version) return false;
        position = new FilePosition(
            BinaryPrimitives.ReadInt32LittleEndian(payload[1..]),
            BinaryPrimitives.ReadUInt64LittleEndian(payload[5..]),
            BinaryPrimitives.ReadInt64LittleEndian(payload[13..]),
            BinaryPrimitives.ReadInt64LittleEndian(payload[21..]),
            Encoding.UTF8.GetString(payload[HeadBytes..]));
        return position is { Offset: >= 0, Line: >= 1 };
    }
}
