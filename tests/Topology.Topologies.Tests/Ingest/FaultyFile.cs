using Ingest;

namespace Topology.Topologies.Tests;

/// <summary>A file in memory that fails as the test says, and keeps apart what a crash would leave.</summary>
internal sealed class FaultyFile(params byte[] bytes) : IRandomAccessFile
{
    private byte[] _bytes = bytes;

    /// <summary>What is in the file, flushed or not.</summary>
    public byte[] Bytes => [.. _bytes];

    public string Text => System.Text.Encoding.UTF8.GetString(_bytes);

    /// <summary>What was in it at the last flush.</summary>
    public byte[] Flushed { get; private set; } = [.. bytes];

    /// <summary>How many bytes the disk takes in all; writes beyond it leave what fits and fail.</summary>
    public int Room { get; set; } = int.MaxValue;

    public bool FlushFails { get; set; }

    public bool CutFails { get; set; }

    public int Flushes { get; private set; }

    public long Length => _bytes.Length;

    public int Read(Span<byte> bytes, long offset)
    {
        // A few bytes with each read, as a file may.
        var count = Math.Min(Math.Min(bytes.Length, 3), _bytes.Length - (int)offset);
        _bytes.AsSpan((int)offset, count).CopyTo(bytes);
        return count;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        var fits = Math.Min(bytes.Length, Math.Max(0, Room - (int)offset));
        if (_bytes.Length < offset + fits) Array.Resize(ref _bytes, (int)offset + fits);
        bytes[..fits].CopyTo(_bytes.AsSpan((int)offset));
        if (fits < bytes.Length) throw new IOException("No space left on device");
    }

    public void SetLength(long length)
    {
        if (CutFails) throw new IOException("The file cannot be cut");
        Array.Resize(ref _bytes, (int)length);
    }

    public void Flush()
    {
        if (FlushFails) throw new IOException("The disk does not answer");
        Flushes++;
        Flushed = Bytes;
    }

    public void Dispose()
    {
    }
}
