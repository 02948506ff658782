using System.Collections.Immutable;
using System.Net;
using Topology.Cluster;

namespace Topology.Web;

/// <summary>A cluster's service over HTTP. Nothing is sent before the first call. Thread-safe.</summary>
public sealed class ClusterClient : IClusterService, IDisposable
{
    private readonly ClientCalls _calls;

    /// <param name="options">Which daemon.</param>
    public ClusterClient(ClusterClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Url = options.Url;
        _calls = new(options);
    }

    /// <summary>The daemon's address.</summary>
    public Uri Url { get; }

    /// <summary>The daemon of a data directory, by what it left there: its address and its token.</summary>
    /// <param name="dataDirectory">The directory.</param>
    /// <exception cref="ClusterException">None runs there, or its token cannot be read.</exception>
    public static ClusterClient OfDataDirectory(string dataDirectory) =>
        DaemonFile.Read(dataDirectory) is { } daemon
            ? new(new(daemon.Url, TokenFile.Read(dataDirectory)))
            : throw new ClusterException(ClusterProblem.Unreachable, $"No daemon runs for the data directory {dataDirectory}. Start one with 'topology up'.");

    /// <inheritdoc/>
    public Task<ClusterInfo> InfoAsync(CancellationToken cancellation = default) => _calls.GetAsync<ClusterInfo>(ApiPaths.Info, cancellation);

    /// <inheritdoc/>
    public async Task<bool> HasUploadAsync(UploadId upload, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        using var request = new HttpRequestMessage(HttpMethod.Head, $"{ApiPaths.Uploads}/{upload}");
        using var response = await _calls.SendAsync(request, hasLimit: true, cancellation).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound) return false;
        await _calls.RequireAsync(response, cancellation).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    public async Task UploadAsync(UploadId upload, Stream zip, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        ArgumentNullException.ThrowIfNull(zip);
        using var content = new ZipContent(zip, progress);
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{ApiPaths.Uploads}/{upload}") { Content = content };
        // What is refused by its head is refused before its body crosses.
        request.Headers.ExpectContinue = true;
        try
        {
            using var response = await _calls.SendAsync(request, hasLimit: false, cancellation).ConfigureAwait(false);
            await _calls.RequireAsync(response, cancellation).ConfigureAwait(false);
        }
        catch (ClusterException) when (content.ReadError is { } error)
        {
            throw new UploadException($"The upload cannot be read: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public Task<CommandOutcome> SubmitAsync(SubmitRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _calls.CommandAsync(ApiPaths.Topologies, request, cancellation);
    }

    /// <inheritdoc/>
    public Task<CommandOutcome> CommandAsync(TopologyCommand command, CancellationToken cancellation = default) => command switch
    {
        TopologyCommand.Activate(var topology) => CommandAsync(topology, "activate", new NoBody(), cancellation),
        TopologyCommand.Deactivate(var topology) => CommandAsync(topology, "deactivate", new NoBody(), cancellation),
        TopologyCommand.Resume(var topology) => CommandAsync(topology, "resume", new NoBody(), cancellation),
        TopologyCommand.Rebalance(var topology, var workers, var wait, var executors) => CommandAsync(topology, "rebalance", new RebalanceBody { Workers = workers, WaitSeconds = wait?.TotalSeconds, Executors = executors }, cancellation),
        TopologyCommand.Drain(var topology, var wait) => CommandAsync(topology, "drain", WaitBody.Of(wait), cancellation),
        TopologyCommand.Kill(var topology, var wait) => CommandAsync(topology, "kill", WaitBody.Of(wait), cancellation),
        TopologyCommand.DrainAll(var wait) => _calls.CommandAsync(ApiPaths.Drain, WaitBody.Of(wait), cancellation),
        TopologyCommand.ResumeAll => _calls.CommandAsync(ApiPaths.Resume, new NoBody(), cancellation),
        _ => throw new ArgumentException("A topology is submitted by SubmitAsync.", nameof(command)),
    };

    /// <inheritdoc/>
    public Task<ImmutableArray<TopologySummary>> ListAsync(CancellationToken cancellation = default) => _calls.GetAsync<ImmutableArray<TopologySummary>>(ApiPaths.Topologies, cancellation);

    /// <inheritdoc/>
    public async Task<TopologyDescription?> DescribeAsync(string topology, CancellationToken cancellation = default)
    {
        if (PathOf(topology) is not { } path) return null;
        using var response = await _calls.FindAsync(path, hasLimit: true, cancellation).ConfigureAwait(false);
        return response is null ? null : await _calls.ReadAsync<TopologyDescription>(response, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<ErrorRecord>?> ErrorsAsync(string topology, CancellationToken cancellation = default)
    {
        if (PathOf(topology) is not { } path) return null;
        using var response = await _calls.FindAsync($"{path}/errors", hasLimit: true, cancellation).ConfigureAwait(false);
        return response is null ? null : await _calls.ReadAsync<ImmutableArray<ErrorRecord>>(response, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>The lines can be read once, and should be: a connection is held until they are, or are left. The rhythm and the clock of a follow are the daemon's own.</remarks>
    public async Task<IAsyncEnumerable<LogLine>?> LogsAsync(string topology, LogQuery query, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (PathOf(topology) is not { } path) return null;
        var response = await _calls.FindAsync($"{path}/logs{LogQueryText.Write(query)}", hasLimit: false, cancellation).ConfigureAwait(false);
        return response is null ? null : new LogLines(response, _calls, cancellation);
    }

    /// <inheritdoc/>
    public async Task<JoinInvitation?> InviteAsync(CancellationToken cancellation = default)
    {
        using var request = ClientCalls.Post(ApiPaths.JoinTokens, new NoBody());
        using var response = await _calls.FindAsync(request, hasLimit: true, cancellation).ConfigureAwait(false);
        return response is null ? null : await _calls.ReadAsync<JoinInvitation>(response, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<bool> ForgetSupervisorAsync(string supervisor, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(supervisor);
        if (ApiPaths.Forget(supervisor) is not { } path) return false;
        using var request = ClientCalls.Post(path, new NoBody());
        using var response = await _calls.FindAsync(request, hasLimit: true, cancellation).ConfigureAwait(false);
        return response is not null;
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<SupervisorDescription>> SupervisorsAsync(CancellationToken cancellation = default) => _calls.GetAsync<ImmutableArray<SupervisorDescription>>(ApiPaths.Supervisors, cancellation);

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellation = default)
    {
        using var request = ClientCalls.Post(ApiPaths.Stop, new NoBody());
        using var response = await _calls.SendAsync(request, hasLimit: true, cancellation).ConfigureAwait(false);
        await _calls.RequireAsync(response, cancellation).ConfigureAwait(false);
    }

    /// <summary>Closes the connections. Calls that run fail.</summary>
    public void Dispose() => _calls.Dispose();

    private static string? PathOf(string topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        return ApiPaths.Of(topology);
    }

    private Task<CommandOutcome> CommandAsync<T>(string topology, string verb, T body, CancellationToken cancellation) =>
        PathOf(topology) is { } path
            ? _calls.CommandAsync($"{path}/{verb}", body, cancellation)
            : Task.FromResult(new CommandOutcome(CommandVerdict.NotFound, null, $"There is no topology '{topology}'."));
}
