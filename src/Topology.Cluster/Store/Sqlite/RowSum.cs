using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Topology.Cluster;

/// <summary>
/// SQLite's pages carry no checksums, so a flipped bit inside a value would be read as another value. Each row therefore keeps 64 bits of the SHA-256 of its table's name and its values,
/// each with its type and length. It finds accidents; it proves nothing against who can write the file.
/// </summary>
internal static class RowSum
{
    public static long Of(StoreTable table, ReadOnlySpan<object?> values)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(table.Name);
        foreach (var value in values) Write(writer, value);
        writer.Flush();
        return BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }

    private static void Write(BinaryWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.Write('n');
                break;
            case long number:
                writer.Write('i');
                writer.Write(number);
                break;
            case string text:
                writer.Write('t');
                writer.Write(text);
                break;
            case byte[] blob:
                writer.Write('b');
                writer.Write(blob.Length);
                writer.Write(blob);
                break;
            default:
                // A damaged file may hold what no row of ours has, such as a real number: it gets a sum that fits nothing.
                writer.Write('?');
                break;
        }
    }
}
