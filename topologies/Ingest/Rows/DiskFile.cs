using Microsoft.Win32.SafeHandles;

namespace Ingest;

/// <summary>A file on disk that nobody else writes: it is locked, so that opening it a second time fails, in another process too.</summary>
internal sealed class DiskFile(string path) : IRandomAccessFile
{
    private readonly SafeFileHandle _handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    public long Length => RandomAccess.GetLength(_handle);

    public int Read(Span<byte> bytes, long offset) => RandomAccess.Read(_handle, bytes, offset);

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_handle, bytes, offset);

    public void SetLength(long length) => RandomAccess.SetLength(_handle, length);

    public void Flush() => RandomAccess.FlushToDisk(_handle);

    public void Dispose() => _handle.Dispose();
}
