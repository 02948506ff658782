using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Topology.Cluster;

namespace Topology.Web;

/// <summary>
/// Serves a cluster over HTTP. The address is taken when it is made, before there is anything to serve, so that a daemon whose address is another's ends before it has begun anything; requests are taken from <see cref="StartAsync"/> on.
/// </summary>
public sealed class ClusterServer : IAsyncDisposable
{
    // Settings have up to a million characters, which as JSON are up to six bytes each.
    private const int MaxBodyBytes = 8 << 20;
    private const int MaxConnections = 1_000;

    private readonly ClusterServerOptions _options;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Socket _socket;
    private WebApplication? _app;

    private ClusterServer(ClusterServerOptions options, Socket socket)
    {
        (_options, _socket) = (options, socket);
        Url = new UriBuilder(Uri.UriSchemeHttp, EndPoint.Address.ToString(), EndPoint.Port).Uri;
    }

    /// <summary>Where it listens, with the port that it got.</summary>
    public Uri Url { get; }

    /// <summary>Every method and route, as <c>GET /api/v1/info</c>.</summary>
    internal IEnumerable<string> Routes =>
        from endpoint in _app!.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>()
        from method in endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
        select $"{method} {endpoint.RoutePattern.RawText}";

    private IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Takes the address.</summary>
    /// <exception cref="ClusterException">It is not one of this machine, or in use. The message says what to do.</exception>
    public static ClusterServer Bind(ClusterServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.Token);
        var address = AddressOf(options.Url);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(address);
            // From here on nobody else gets the address; the server says it once more, which does no harm.
            socket.Listen();
            return new(options, socket);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            var next = error.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? "Another program has it, maybe the daemon of another data directory: choose another address with --address."
                : "Choose another address with --address.";
            throw new ClusterException(ClusterProblem.Failed, $"The daemon cannot listen at {options.Url}: {error.Message}. {next}", error);
        }
    }

    /// <summary>Begins to serve. Once.</summary>
    public async Task StartAsync(IClusterService service, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(service);
        if (_app is not null) throw new InvalidOperationException("A server is started once.");
        _app = Build(service);
        await _app.StartAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Ends: nothing new is taken, streams of logs end, and requests have <see cref="ClusterServerOptions.StopLimit"/> to do so. May be called more than once.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_app is not null) await _app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        _socket.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        if (_app is not null) await _app.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private static IPEndPoint AddressOf(Uri url)
    {
        var isHttp = url is { IsAbsoluteUri: true, AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" } && url.Scheme == Uri.UriSchemeHttp;
        if (isHttp && url.Host == "localhost") return new(IPAddress.Loopback, url.Port);
        if (isHttp && IPAddress.TryParse(url.DnsSafeHost, out var address) && IPAddress.IsLoopback(address)) return new(address, url.Port);
        throw new ClusterException(ClusterProblem.Failed, $"A daemon cannot listen at '{url}': its address is of this machine alone, such as {ClusterServerOptions.DefaultUrl}. Let others come by a tunnel, such as ssh -L.");
    }

    private WebApplication Build(IClusterService service)
    {
        // Nothing is read from files, arguments or the environment.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "topology", ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddRoutingCore();
        builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(new WarningLoggers(_options.Loggers)));
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, NoLifetime>());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = _options.StopLimit);
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = _ => _socket);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Configure);
        var app = builder.Build();
        app.Use(next => context => new ApiProblems(_options.Loggers.CreateLogger<ClusterServer>()).InvokeAsync(context, next));
        var gate = new ApiGate(_options.Token, _options.Time);
        app.Use(next => context => gate.InvokeAsync(context, next));
        app.UseRouting();
        ClusterApi.Map(app, service, _options.Uploads, new LogStreams(_stopping.Token));
        return app;
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        // Connections without a token cost one of a thousand each, so they are not left to linger.
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
        kestrel.Listen(EndPoint, listen => listen.Protocols = HttpProtocols.Http1);
    }
}
