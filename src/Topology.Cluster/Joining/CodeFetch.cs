using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Topology.Cluster;

/// <summary>Fetches uploads from the daemon, part by part, the next when the last is there. What came is checked against its id, and held to the limits of uploads. Thread-safe.</summary>
/// <param name="uploads">Where they go.</param>
/// <param name="ask">Asks the daemon for a part; the question may be lost.</param>
/// <param name="time">The clock.</param>
internal sealed class CodeFetch(UploadStore uploads, Action<HostMessage.Fetch> ask, TimeProvider time)
{
    /// <summary>After how long a part is asked for again.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);

    /// <summary>How long no part may come.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, Channel<HostOrder>> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<UploadId, Task> _fetches = [];

    /// <summary>Has an upload here, whole, when the task ends. Those who ask meanwhile wait for the same.</summary>
    /// <exception cref="UploadException">By the task: the daemon has none such, or does not send it; it is too large; or it is not what it should be.</exception>
    public Task FetchAsync(UploadId id)
    {
        if (uploads.Contains(id)) return Task.CompletedTask;
        lock (_fetches)
        {
            if (_fetches.TryGetValue(id, out var running)) return running;
            var fetch = Task.Run(() => RunAsync(id));
            _fetches[id] = fetch;
            _ = fetch.ContinueWith(_ => End(id), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return fetch;
        }
    }

    /// <summary>The daemon has answered. Never waits.</summary>
    public void Take(string upload, HostOrder answer)
    {
        if (_answers.TryGetValue(upload, out var waiting)) waiting.Writer.TryWrite(answer);
    }

    private void End(UploadId id)
    {
        lock (_fetches) _fetches.Remove(id);
    }

    private async Task RunAsync(UploadId id)
    {
        // An answer more than is asked for, which is of no use, takes the place of the last.
        var answers = _answers[id.Text] = Channel.CreateBounded<HostOrder>(new BoundedChannelOptions(2) { FullMode = BoundedChannelFullMode.DropWrite });
        try
        {
            using var incoming = uploads.Begin(id);
            for (var length = long.MaxValue; incoming.Bytes < length;)
            {
                var chunk = await NextAsync(id, incoming.Bytes, answers.Reader).ConfigureAwait(false);
                if (chunk.Bytes.IsEmpty) throw new UploadException($"The daemon sent {incoming.Bytes} of {chunk.Length} bytes of upload {id}, and no more.");
                incoming.Append(chunk.Bytes.Span);
                length = chunk.Length;
            }

            incoming.Complete();
        }
        finally
        {
            _answers.TryRemove(id.Text, out _);
        }
    }

    private async Task<HostOrder.Chunk> NextAsync(UploadId id, long offset, ChannelReader<HostOrder> answers)
    {
        var since = time.GetTimestamp();
        while (time.GetElapsedTime(since) < Patience)
        {
            ask(new HostMessage.Fetch(id.Text, offset));
            try
            {
                while (true)
                {
                    var answer = await answers.ReadAsync().AsTask().WaitAsync(AskAgain, time).ConfigureAwait(false);
                    if (answer is HostOrder.NoChunk none) throw new UploadException($"The daemon does not send upload {id}: {none.Problem}");
                    // Any other is the answer to a question that was asked twice.
                    if (answer is HostOrder.Chunk chunk && chunk.Offset == offset) return chunk;
                }
            }
            catch (TimeoutException)
            {
                // The question or its answer is lost.
            }
        }

        throw new UploadException($"The daemon has not sent upload {id} within {Patience.TotalSeconds:0} s.");
    }
}
