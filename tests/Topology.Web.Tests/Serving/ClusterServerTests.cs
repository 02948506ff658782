using System.Net;
using System.Net.Sockets;
using Topology.Cluster;

namespace Topology.Web.Tests;

public sealed class ClusterServerTests
{
    private static readonly string Token = new('5', 64);

    [TestCase("http://0.0.0.0:0")]
    [TestCase("http://192.168.1.1:0")]
    [TestCase("http://[::]:0")]
    [TestCase("http://example.com:7411")]
    [TestCase("https://127.0.0.1:0")]
    [TestCase("http://127.0.0.1:0/path")]
    [TestCase("http://user@127.0.0.1:0")]
    [TestCase("http://127.0.0.1:0?x")]
    [TestCase("file:///tmp/x")]
    public void An_address_beyond_this_machine_is_refused(string url) =>
        Assert.That(() => ClusterServer.Bind(new() { Url = new(url), Token = Token }), Throws.TypeOf<ClusterException>().With.Message.Contains("this machine alone"));

    [TestCase("http://127.0.0.1:0")]
    [TestCase("http://localhost:0")]
    [TestCase("http://127.3.2.1:0")]
    public async Task It_is_reached_where_it_says(string url)
    {
        var cluster = new FakeCluster();
        await using var server = ClusterServer.Bind(new() { Url = new(url), Token = Token });
        await server.StartAsync(cluster);
        using var client = new ClusterClient(new(server.Url, Token));

        Assert.That(server.Url.Port, Is.Not.Zero);
        Assert.That(await client.InfoAsync(), Is.EqualTo(cluster.Info));
    }

    [Test]
    public async Task Two_at_a_time_do_not_share_an_address()
    {
        await using var first = ClusterServer.Bind(new() { Url = new("http://127.0.0.1:0"), Token = Token });

        Assert.That(() => ClusterServer.Bind(new() { Url = first.Url, Token = Token }), Throws.TypeOf<ClusterException>().With.Message.Contains("--address"));
    }

    [Test]
    public async Task The_address_is_free_after_the_end()
    {
        var server = ClusterServer.Bind(new() { Url = new("http://127.0.0.1:0"), Token = Token });
        await server.StartAsync(new FakeCluster());
        await server.StopAsync();
        await server.DisposeAsync();

        using var next = new TcpListener(IPAddress.Loopback, server.Url.Port);
        next.Start();
    }

    [Test]
    public async Task A_server_that_was_not_started_ends_too()
    {
        var server = ClusterServer.Bind(new() { Url = new("http://127.0.0.1:0"), Token = Token });
        await server.DisposeAsync();
    }
}
