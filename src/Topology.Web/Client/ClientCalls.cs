using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Topology.Cluster;

namespace Topology.Web;

/// <summary>Sends requests and reads answers; what goes wrong becomes a <see cref="ClusterException"/> or an <see cref="UploadException"/>. Thread-safe.</summary>
internal sealed class ClientCalls : IDisposable
{
    private const int LargeBytes = 1 << 20;

    private static readonly MediaTypeHeaderValue JsonType = new("application/json", "utf-8");

    private readonly ClusterClientOptions _options;
    private readonly HttpClient _http;
    private readonly Lazy<string> _token;

    public ClientCalls(ClusterClientOptions options)
    {
        _options = options;
        var handler = new SocketsHttpHandler
        {
            // Nothing between this machine's own programs, and a redirect would take the token elsewhere.
            UseProxy = !options.Url.IsLoopback,
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = options.ConnectTimeout,
            // Below the daemon's own limit, so that a request does not meet a connection that is being closed.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
            // Logs that are left before their end would else be read on, for the connection's sake.
            MaxResponseDrainSize = 0,
            // Room for a slow start of the answer to "may I send?".
            Expect100ContinueTimeout = TimeSpan.FromSeconds(5),
        };
        _http = new HttpClient(handler) { BaseAddress = options.Url, Timeout = Timeout.InfiniteTimeSpan };
        // A token that cannot be read is tried again by the next call.
        _token = new(options.Token, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>A request with a body. A large one waits until the daemon has seen its head: of one that is refused while it is being sent, a client may see no more than that the connection broke.</summary>
    public static HttpRequestMessage Post<T>(string path, T body)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.Of<T>()));
        content.Headers.ContentType = JsonType;
        return new(HttpMethod.Post, path) { Content = content, Headers = { ExpectContinue = content.Headers.ContentLength > LargeBytes } };
    }

    public void Dispose() => _http.Dispose();

    public async Task<T> GetAsync<T>(string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await SendAsync(request, hasLimit: true, cancellation).ConfigureAwait(false);
        await RequireAsync(response, cancellation).ConfigureAwait(false);
        return await ReadAsync<T>(response, cancellation).ConfigureAwait(false);
    }

    /// <summary>Asks for what there may not be.</summary>
    /// <returns>Null where there is none.</returns>
    public async Task<HttpResponseMessage?> FindAsync(string path, bool hasLimit, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await FindAsync(request, hasLimit, cancellation).ConfigureAwait(false);
    }

    /// <summary>As the other, by a request of one's own.</summary>
    public async Task<HttpResponseMessage?> FindAsync(HttpRequestMessage request, bool hasLimit, CancellationToken cancellation)
    {
        var response = await SendAsync(request, hasLimit, cancellation).ConfigureAwait(false);
        if (response.IsSuccessStatusCode) return response;
        using (response)
        {
            var problem = await ProblemOfAsync(response, cancellation).ConfigureAwait(false);
            return problem.Kind == ProblemKind.NotFound ? null : throw Error(problem);
        }
    }

    /// <summary>Has the master do something.</summary>
    public async Task<CommandOutcome> CommandAsync<T>(string path, T body, CancellationToken cancellation)
    {
        using var request = Post(path, body);
        using var response = await SendAsync(request, hasLimit: true, cancellation).ConfigureAwait(false);
        if (response.IsSuccessStatusCode) return await ReadAsync<CommandOutcome>(response, cancellation).ConfigureAwait(false);
        var problem = await ProblemOfAsync(response, cancellation).ConfigureAwait(false);
        return problem.Kind switch
        {
            ProblemKind.Invalid or ProblemKind.TooLarge => new(CommandVerdict.Invalid, problem.Topology, problem.Text),
            ProblemKind.NotFound => new(CommandVerdict.NotFound, problem.Topology, problem.Text),
            ProblemKind.Conflict => new(CommandVerdict.Conflict, problem.Topology, problem.Text),
            _ => throw Error(problem),
        };
    }

    /// <summary>Sends a request.</summary>
    /// <returns>The answer, whatever it is, read to the end of its head.</returns>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, bool hasLimit, CancellationToken cancellation)
    {
        request.Headers.Authorization = new("Bearer", _token.Value);
        using var limit = new CancellationTokenSource(hasLimit ? _options.Timeout : Timeout.InfiniteTimeSpan, _options.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new ClusterException(ClusterProblem.Unreachable, $"The daemon at {_options.Url} has not answered within {_options.Timeout.TotalSeconds:0} s. Its log says what it is doing.");
        }
        catch (HttpRequestException error)
        {
            throw Unreachable(error);
        }
    }

    /// <summary>Passes a success.</summary>
    public async Task RequireAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (!response.IsSuccessStatusCode) throw Error(await ProblemOfAsync(response, cancellation).ConfigureAwait(false));
    }

    /// <summary>Reads the body of a success.</summary>
    public async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            return await JsonSerializer.DeserializeAsync(body, ApiJson.Default.Of<T>(), cancellation).ConfigureAwait(false) ?? throw NotADaemon(null);
        }
        catch (JsonException error)
        {
            throw NotADaemon(error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw Unreachable(error);
        }
    }

    public ClusterException Unreachable(Exception error) => error is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError }
        ? new(ClusterProblem.Unreachable, $"No daemon answers at {_options.Url}{(error.InnerException is SocketException socket ? $" ({socket.Message})" : "")}. Start one with 'topology up', or name another by --address.", error)
        : new(ClusterProblem.Unreachable, $"The connection to the daemon at {_options.Url} broke: {error.Message} See whether it runs, and its log.", error);

    private async Task<ApiProblem> ProblemOfAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentType?.MediaType != ApiProblem.ContentType) throw NotADaemon(null, response.StatusCode);
        if (response.RequestMessage?.Method != HttpMethod.Head) return await ReadAsync<ApiProblem>(response, cancellation).ConfigureAwait(false);
        // An answer to HEAD has no body.
        var status = (int)response.StatusCode;
        return new(status, response.StatusCode == HttpStatusCode.Unauthorized ? ProblemKind.Unauthorized : ProblemKind.Failed, $"The daemon at {_options.Url} answers with status {status}.", "", "Its log says more.");
    }

    private ClusterException NotADaemon(Exception? error, HttpStatusCode? status = null) => new(
        ClusterProblem.Unreachable,
        $"What answers at {_options.Url} is no daemon of this version{(status is { } some ? $" (it says {(int)some})" : "")}. See what listens there, or name another address by --address.",
        error);

    private TopologyException Error(ApiProblem problem) => problem.Kind switch
    {
        ProblemKind.Unauthorized => new ClusterException(ClusterProblem.Unauthorized, $"The daemon at {_options.Url} does not take the token. It is that of another data directory: name the right one by --data."),
        ProblemKind.Upload => new UploadException(problem.Text),
        _ => new ClusterException(ClusterProblem.Failed, problem.Text),
    };
}
