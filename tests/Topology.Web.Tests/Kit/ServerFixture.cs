using Topology.Cluster;
using Topology.Testing;

namespace Topology.Web.Tests;

/// <summary>Tests over a real server on a free port, with a cluster that is none.</summary>
public abstract class ServerFixture
{
    private ClusterServer _server = null!;

    /// <summary>Longer than anything here takes: a test that waits for ever is to fail.</summary>
    protected static TimeSpan Limit { get; } = TimeSpan.FromMinutes(1);

    protected static string Token { get; } = new('5', 64);

    internal FakeCluster Cluster { get; private set; } = null!;

    internal TemporaryFolder Temporary { get; private set; } = null!;

    protected ClusterClient Client { get; private set; } = null!;

    /// <summary>The clock of the limits on requests.</summary>
    protected ManualTime Time { get; private set; } = null!;

    protected Uri Url => _server.Url;

    /// <summary>Every method and route that the server has.</summary>
    protected IEnumerable<string> Routes => _server.Routes;

    internal LogRecord Log { get; private set; } = null!;

    [SetUp]
    public async Task StartAsync()
    {
        Temporary = new();
        Time = new();
        Log = new();
        Cluster = new() { Uploads = UploadStore.Open(Temporary.PathOf("uploads"), new UploadLimits { ZipBytes = 300_000, StoreBytes = 500_000, Receiving = 2 }) };
        _server = ClusterServer.Bind(new() { Url = new("http://127.0.0.1:0"), Token = Token, Uploads = Cluster.Uploads.Limits, Loggers = Log, Time = Time });
        await _server.StartAsync(Cluster);
        Client = new(new(Url, Token));
    }

    [TearDown]
    public async Task StopAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        Temporary.Dispose();
    }

    /// <summary>Sends a request as any program may.</summary>
    protected async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, HttpContent? content = null, string? token = null, string? host = null)
    {
        using var http = new HttpClient { BaseAddress = Url };
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", token ?? $"Bearer {Token}");
        request.Headers.Host = host;
        return await http.SendAsync(request);
    }

    protected Task StopServerAsync() => _server.StopAsync();
}
