using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

/// <summary>Topologies come and go: nothing of them stays with the daemon.</summary>
public sealed class LeakTests
{
    private const int Rounds = 25;

    /// <summary>Until pools are filled and code is compiled.</summary>
    private const int WarmUp = 5;

    /// <summary>Far less than 20 topologies would take if they stayed, and more than a collector leaves lying about.</summary>
    private const long MostBytes = 64 << 20;

    private const int MostDescriptors = 8;

    [Test]
    public async Task Submits_and_kills_in_a_row_leave_nothing()
    {
        await using var cluster = new DaemonUnderTest();
        Directory.CreateDirectory(cluster.PathOf("relay"));
        await cluster.UpAsync();
        var daemon = cluster.Daemon.Identity;
        var sockets = Directory.EnumerateFileSystemEntries(cluster.Sockets).ToArray();
        var (descriptors, bytes) = (0, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var id = await cluster.SubmitAsync("RelayTopology", 1, ("folder", cluster.PathOf("relay")));
            // Killed in every phase of its life: before it runs, as it begins, and while it does.
            if (round % 3 > 0) await cluster.UntilAsync(id, d => round % 3 == 1 ? d.Workers.Any(w => w.Pid is not null) : d.Components[0].Acked > 0, "it to run");
            await cluster.CommandAsync(new TopologyCommand.Kill(id));
            await cluster.UntilAsync(id, d => d.State == "killed" && d.Workers.IsEmpty, "its end");
            if (round == WarmUp) (descriptors, bytes) = (ProcFile.Descriptors(daemon).Count, daemon.Measure()!.Value.ResidentBytes);
        }

        Assert.That(cluster.Processes().Select(p => p.Process), Is.EqualTo(new[] { daemon }));
        Assert.That(Directory.EnumerateFileSystemEntries(cluster.Sockets), Is.EquivalentTo(sockets));
        Assert.That(ProcFile.Descriptors(daemon), Has.Count.LessThanOrEqualTo(descriptors + MostDescriptors));
        Assert.That(daemon.Measure()!.Value.ResidentBytes, Is.LessThan(bytes + MostBytes));
    }
}
