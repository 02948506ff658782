using System.Security.Cryptography;

namespace Topology.Cluster;

/// <summary>An upload that is being received. For one thread at a time; ended by <see cref="Complete"/> or <see cref="Dispose"/>, whichever is first.</summary>
public sealed class IncomingUpload : IDisposable
{
    private readonly UploadStore _store;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FileStream _stream;
    private bool _published;
    private bool _disposed;

    internal IncomingUpload(UploadStore store, UploadId announced, string file)
    {
        (_store, Announced, File) = (store, announced, file);
        try
        {
            _stream = new FileStream(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _hash.Dispose();
            throw new UploadException($"The upload cannot be received: {error.Message}", error);
        }
    }

    /// <summary>The id that the content is to have.</summary>
    public UploadId Announced { get; }

    /// <summary>Bytes received so far.</summary>
    public long Bytes { get; private set; }

    internal string File { get; }

    /// <summary>Takes the next bytes, of any number.</summary>
    /// <exception cref="UploadException">The upload gets too large, all uploads together do, or the disk failed. The upload is over; nothing of it is kept.</exception>
    /// <exception cref="ObjectDisposedException">The upload has ended.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        try
        {
            if (Bytes + bytes.Length > _store.Limits.ZipBytes) throw new UploadException($"The upload has more than {_store.Limits.ZipBytes} bytes, which is the limit.");
            _store.Take(bytes.Length);
            Bytes += bytes.Length;
            _hash.AppendData(bytes);
            _stream.Write(bytes);
        }
        catch (Exception error)
        {
            Dispose();
            if (error is IOException) throw new UploadException($"The upload cannot be written: {error.Message}", error);
            throw;
        }
    }

    /// <summary>Ends the upload well. When this returns it is in the store, fsynced: it survives <c>kill -9</c> and a power cut. It was not looked into yet; <see cref="UploadStore.Unpack"/> does that.</summary>
    /// <exception cref="UploadException">The content is not what was announced, or the disk failed. Nothing of it is kept.</exception>
    /// <exception cref="ObjectDisposedException">The upload has ended.</exception>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        try
        {
            var id = UploadId.Of(_hash.GetHashAndReset());
            if (id != Announced) throw new UploadException($"The upload was announced as {Announced}, and what came is {id}: send it again.");
            _stream.Flush(flushToDisk: true);
            _store.Publish(this);
            _published = true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UploadException($"The upload cannot be kept: {error.Message}", error);
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Ends the upload; if it is not complete nothing of it is left.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _stream.Dispose();
        _hash.Dispose();
        if (!_published)
        {
            System.IO.File.Delete(File);
            _store.GiveBack(Bytes);
        }

        _store.End();
    }
}
