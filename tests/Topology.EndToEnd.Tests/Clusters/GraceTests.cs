using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

/// <summary>Workers whose daemon does not come back.</summary>
public sealed class GraceTests
{
    [Test]
    public async Task A_worker_without_a_daemon_ends_after_its_grace_and_the_next_daemon_begins_it_anew()
    {
        const int files = 4, lines = 1_000;
        await using var cluster = new ClusterUnderTest
        {
            Options = options => options with { Master = options.Master with { Lease = new LeaseTimes(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(4)) } },
        };
        LineFiles.Write(cluster.PathOf("in"), files, lines);
        await cluster.StartAsync();
        var id = await cluster.SubmitAsync("Ingest", 2, ("input", cluster.PathOf("in")), ("pattern", "*.txt"), ("output", cluster.PathOf("out")), ("topology.max-spout-pending", "20"));
        await cluster.UntilAsync(id, d => d.Components[0].Acked > 0, "the first acks");
        Assert.That(cluster.Workers(), Has.Length.EqualTo(2));
        await cluster.StopAsync();
        await cluster.UntilAsync(() => cluster.Workers().Length == 0, "the workers to end by themselves");
        Assert.That(cluster.ReadLogs(), Does.Contain("No supervisor was heard for 00:00:04: this worker ends"));
        await cluster.StartAsync();
        await cluster.UntilAsync(id, d => d.State == "completed", "the end");
        LineFiles.RequireAll(cluster.PathOf("out"), files, lines);
    }
}
