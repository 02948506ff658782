using System.Net;
using System.Net.Http.Headers;

namespace Topology.Web;

/// <summary>An upload's bytes, sent as they are read, and counted.</summary>
internal sealed class ZipContent : HttpContent
{
    private const int PieceBytes = 64 * 1024;

    private readonly Stream _zip;
    private readonly IProgress<long>? _progress;

    public ZipContent(Stream zip, IProgress<long>? progress)
    {
        (_zip, _progress) = (zip, progress);
        Headers.ContentType = new MediaTypeHeaderValue("application/zip");
    }

    /// <summary>Why the stream could not be read to its end; null while it could.</summary>
    public Exception? ReadError { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var piece = new byte[PieceBytes];
        for (var sent = 0L; ;)
        {
            var count = await ReadAsync(piece, cancellationToken).ConfigureAwait(false);
            if (count == 0) return;
            await stream.WriteAsync(piece.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            sent += count;
            _progress?.Report(sent);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _zip.CanSeek ? _zip.Length - _zip.Position : 0;
        return _zip.CanSeek;
    }

    private async ValueTask<int> ReadAsync(byte[] piece, CancellationToken cancellation)
    {
        try
        {
            return await _zip.ReadAsync(piece, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            ReadError = error;
            // What the connection makes of it is of no interest, but that it ends.
            throw new IOException(error.Message, error);
        }
    }
}
