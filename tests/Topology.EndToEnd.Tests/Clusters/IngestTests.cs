namespace Topology.EndToEnd.Tests;

/// <summary>A topology on a daemon, in worker processes linked by ZeroMQ.</summary>
public sealed class IngestTests
{
    private const int Files = 20;
    private const int Lines = 2_000;

    [Test]
    public async Task A_topology_runs_to_its_end_in_three_processes([Values("ipc", "tcp")] string links)
    {
        await using var cluster = new ClusterUnderTest();
        LineFiles.Write(cluster.PathOf("in"), Files, Lines);
        await cluster.StartAsync();
        var id = await cluster.SubmitAsync("Ingest", 3, ("input", cluster.PathOf("in")), ("pattern", "*.txt"), ("output", cluster.PathOf("out")), ("links.transport", links));
        var description = await cluster.UntilAsync(id, d => d.State == "completed", "the end");
        var rows = LineFiles.Read(cluster.PathOf("out"));
        Assert.That(rows.Keys, Is.EquivalentTo(LineFiles.Expected(Files, Lines)));
        Assert.That(rows.Values, Is.All.EqualTo(1), "Nothing failed, so nothing comes twice.");
        var spout = description.Components[0];
        Assert.That((spout.Emitted, spout.Acked, spout.Failed), Is.EqualTo((Files * Lines, Files * Lines, 0)));
    }
}
