using System.Runtime.CompilerServices;
using System.Text.Json;
using Topology.Cluster;

namespace Topology.Web;

/// <summary>The lines of an answer, as they come. Read once.</summary>
internal sealed class LogLines(HttpResponseMessage response, ClientCalls calls, CancellationToken cancellation) : IAsyncEnumerable<LogLine>
{
    private int _begun;

    public IAsyncEnumerator<LogLine> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _begun, 1) == 0 ? ReadAsync(cancellationToken).GetAsyncEnumerator(CancellationToken.None) : throw new InvalidOperationException("The lines of a daemon's logs can be read once: ask for them again.");

    private async IAsyncEnumerable<LogLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, cancellationToken);
        using var answer = response;
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(end.Token).ConfigureAwait(false));
        while (await LineAsync(reader, end.Token).ConfigureAwait(false) is { } line) yield return line;
    }

    private async ValueTask<LogLine?> LineAsync(StreamReader reader, CancellationToken end)
    {
        try
        {
            end.ThrowIfCancellationRequested();
            return await reader.ReadLineAsync(end).ConfigureAwait(false) is { } text ? JsonSerializer.Deserialize(text, ApiJson.Default.LogLine) : null;
        }
        catch (Exception error) when (error is IOException or HttpRequestException or JsonException)
        {
            end.ThrowIfCancellationRequested();
            throw calls.Unreachable(error);
        }
    }
}
