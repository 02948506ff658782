namespace Ingest;

/// <summary>A file as a <see cref="RowFile"/> needs it. Every member may throw what files throw: <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</summary>
internal interface IRandomAccessFile : IDisposable
{
    long Length { get; }

    /// <summary>Reads as many bytes as fit, or as there are.</summary>
    int Read(Span<byte> bytes, long offset);

    /// <summary>Writes all of the bytes. After an exception any of them may be there.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    void SetLength(long length);

    /// <summary>Returns when all that was written is on disk.</summary>
    void Flush();
}
