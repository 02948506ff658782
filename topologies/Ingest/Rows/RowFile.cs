namespace Ingest;

/// <summary>
/// A file that grows by whole rows, each ended by a line feed. What <see cref="Append"/> returned for is on disk (the file's entry in its folder is left to the file system);
/// what it threw for is not in the file any more, or will not be when rows follow.
/// </summary>
internal sealed class RowFile : IDisposable
{
    private const int BlockBytes = 64 * 1024;

    private readonly IRandomAccessFile _file;
    private bool _hasTail;

    /// <summary>Takes a file and cuts off a row that lacks its end, as a crash may leave one.</summary>
    public RowFile(IRandomAccessFile file)
    {
        _file = file;
        Length = FindEndOfRows(file);
        if (Length < file.Length) CutTail();
    }

    /// <summary>How long the rows are that are on disk, in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Appends rows.</summary>
    /// <param name="rows">Whole rows.</param>
    /// <exception cref="IOException">They could not be written; the file is as it was. The next call may succeed.</exception>
    public void Append(ReadOnlySpan<byte> rows)
    {
        // A tail that could not be cut off would stand behind rows that are shorter.
        if (_hasTail) CutTail();
        _hasTail = true;
        try
        {
            _file.Write(rows, Length);
            _file.Flush();
        }
        catch
        {
            TryCutTail();
            throw;
        }

        _hasTail = false;
        Length += rows.Length;
    }

    public void Dispose() => _file.Dispose();

    private void CutTail()
    {
        _hasTail = true;
        _file.SetLength(Length);
        _file.Flush();
        _hasTail = false;
    }

    private void TryCutTail()
    {
        try
        {
            CutTail();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What is wrong is thrown already; the next rows try again, and do not come before.
        }
    }

    private static long FindEndOfRows(IRandomAccessFile file)
    {
        var block = new byte[BlockBytes];
        for (var end = file.Length; end > 0;)
        {
            var start = Math.Max(0, end - BlockBytes);
            var bytes = block.AsSpan(0, (int)(end - start));
            Fill(file, bytes, start);
            var last = bytes.LastIndexOf((byte)'\n');
            if (last >= 0) return start + last + 1;
            end = start;
        }

        return 0;
    }

    private static void Fill(IRandomAccessFile file, Span<byte> bytes, long offset)
    {
        while (bytes.Length > 0)
        {
            var read = file.Read(bytes, offset);
            if (read == 0) throw new EndOfStreamException("The file became shorter while its end was looked for.");
            bytes = bytes[read..];
            offset += read;
        }
    }
}
