namespace Topology.EndToEnd.Tests;

/// <summary>The links between workers are cut, held up and left half open, again and again while numbers go over them: every number comes to its end, and nobody is taken for lost.</summary>
public sealed class LinkCutTests
{
    private const int Cuts = 200;
    private const int Workers = 3;
    private const int Seed = 1;

    /// <summary>What is lost in a connection that is half open: more than a frame.</summary>
    private const int BytesIntoNowhere = 2_000;

    [Test]
    public async Task Cuts_that_sending_again_closes_lose_nothing_and_start_nobody_anew()
    {
        await using var proxy = new LinkProxy();
        await using var cluster = new ClusterUnderTest { Options = options => options with { LinksLeadTo = proxy.Lead } };
        var files = new RelayFiles(cluster.PathOf("relay"));
        await cluster.StartAsync();
        var id = await cluster.SubmitAsync("RelayTopology", Workers, ("folder", cluster.PathOf("relay")), ("links.transport", "tcp"));
        var before = await cluster.UntilAsync(id, d => d.Components[0].Acked > 1_000, "acks");

        var random = new Random(Seed);
        for (var cut = 0; cut < Cuts; cut++) await CutAsync(cluster, proxy, random);
        var cutAll = await cluster.UntilAsync(id, d => d.Links.Sum(link => link.Reconnects) >= Cuts, "each cut to be followed by a new connection");
        await cluster.UntilAsync(id, d => d.Components[0].Acked > cutAll.Components[0].Acked + 1_000, "it to go on");

        var running = await cluster.DescribeAsync(id);
        Assert.That(running.Workers.Select(w => (w.Pid, w.Restarts)), Is.EqualTo(before.Workers.Select(w => (w.Pid, 0))), "Nobody was started anew.");
        Assert.That(running.Generation, Is.EqualTo(1), "Nobody was taken for lost.");
        files.Stop();
        var ended = await cluster.UntilAsync(id, d => d.State == "completed", "the end");
        Assert.That(ended.Components.Sum(c => c.Failed), Is.Zero);
        files.RequireAll(files.Numbers(), spouts: 3);
        Assert.That(files.Repeated, Is.Zero, "No tree has failed, so nothing comes twice.");
    }

    private static async Task CutAsync(TestCluster cluster, LinkProxy proxy, Random random)
    {
        IReadOnlyList<ProxiedConnection> working = [];
        await cluster.UntilAsync(() => (working = proxy.Working).Count > Workers, "connections that work");
        // One that is slow for as long as another one is cut.
        var (victim, slow) = (working[random.Next(working.Count)], working[random.Next(working.Count)]);
        slow.Hold();
        switch (random.Next(4))
        {
            case 0:
                victim.Reset();
                break;
            case 1:
                victim.Close();
                break;
            case 2:
                victim.Hold();
                var passed = proxy.Passed;
                await cluster.UntilAsync(() => proxy.Passed > passed + BytesIntoNowhere, "others to go on");
                victim.Reset();
                break;
            default:
                victim.CloseFarSide();
                await cluster.UntilAsync(() => victim.IsOver || victim.Swallowed > BytesIntoNowhere, "what is sent into nowhere");
                victim.Reset();
                break;
        }

        slow.Release();
    }
}
