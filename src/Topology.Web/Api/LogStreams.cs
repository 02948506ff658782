using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Topology.Cluster;

namespace Topology.Web;

/// <summary>Writes log lines as they come, a JSON object a line. Thread-safe.</summary>
/// <param name="stopping">Cancelled when the server ends, and the streams with it.</param>
internal sealed class LogStreams(CancellationToken stopping)
{
    /// <summary>Streams at the same time. Each looks at its files five times a second.</summary>
    public const int Most = 64;

    // A flush per line would cost a call of the system each.
    private const int FlushBytes = 32 * 1024;

    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    private int _streams;

    public CancellationToken Stopping => stopping;

    /// <summary>Takes a place for a stream, until it is disposed.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    public IDisposable Enter()
    {
        if (Interlocked.Increment(ref _streams) <= Most) return new Place(this);
        Interlocked.Decrement(ref _streams);
        throw new ApiException(ProblemKind.TooMany, $"{Most} logs are being read, which is the limit.", "End one of them.");
    }

    /// <summary>Writes lines until they end, the client goes, or the server ends, which ends the answer like the end of the lines.</summary>
    public static async Task WriteAsync(HttpContext context, IAsyncEnumerable<LogLine> lines, CancellationToken end)
    {
        var body = context.Response.BodyWriter;
        context.Response.ContentType = ApiPaths.LogType;
        await using var line = lines.GetAsyncEnumerator(end);
        try
        {
            var unsent = 0;
            while (true)
            {
                var next = line.MoveNextAsync().AsTask();
                // What is there goes out before anything is waited for. Not cancelled: an enumerator must not be left while it is at work.
                if (unsent >= FlushBytes || !next.IsCompleted)
                {
                    await body.FlushAsync(CancellationToken.None);
                    unsent = 0;
                }

                if (!await next) return;
                var bytes = JsonSerializer.SerializeToUtf8Bytes(line.Current, ApiJson.Default.LogLine);
                body.Write(bytes);
                body.Write(LineEnd);
                unsent += bytes.Length + LineEnd.Length;
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Nobody reads it any more.
        }
    }

    private sealed class Place(LogStreams streams) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) Interlocked.Decrement(ref streams._streams);
        }
    }
}
