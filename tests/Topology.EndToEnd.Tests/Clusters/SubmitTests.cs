using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

/// <summary>Submitting what cannot run: the answer says what is wrong, and nothing is left.</summary>
public sealed class SubmitTests
{
    [Test]
    public async Task A_topology_that_does_not_build_is_refused_with_every_error()
    {
        await using var cluster = new ClusterUnderTest();
        await cluster.StartAsync();
        var outcome = await cluster.TrySubmitAsync("Ingest", 1, ("input", cluster.PathOf("in")), ("restart.strategy", "often"));
        Assert.That(outcome.Verdict, Is.EqualTo(CommandVerdict.Invalid));
        Assert.That(outcome.Message, Does.Contain("restart.strategy"));
        outcome = await cluster.TrySubmitAsync("Ingest", 1, ("input", cluster.PathOf("none")));
        Assert.That(outcome.Verdict, Is.EqualTo(CommandVerdict.Invalid));
        Assert.That(outcome.Message, Does.Contain("'input' names neither a file nor a folder"));
        Assert.That(await cluster.Service.ListAsync(), Is.Empty);
        Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(cluster.PathOf("data"), "plans")), Is.Empty);
    }
}
