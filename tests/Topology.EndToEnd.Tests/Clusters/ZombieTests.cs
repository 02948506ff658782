using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

/// <summary>A worker that was stopped, replaced and wakes again, with the rule broken that would have killed it before: nothing that it does counts.</summary>
public sealed class ZombieTests
{
    private const int Spouts = 3;

    [Test]
    public async Task Nothing_is_accepted_of_a_worker_that_was_replaced_and_wakes()
    {
        await using var cluster = new ClusterUnderTest
        {
            Options = options => options with { KillsWorkers = false, Master = options.Master with { SilentAfter = TimeSpan.FromSeconds(4), SeesDeathFirst = false } },
        };
        var files = new RelayFiles(cluster.PathOf("relay"));
        await cluster.StartAsync();
        var id = await cluster.SubmitAsync("RelayTopology", 3, ("folder", cluster.PathOf("relay")), ("topology.max-spout-pending", "200"));
        await cluster.UntilAsync(id, d => d.Components[0].Acked > 1_000, "acks");

        var zombie = await cluster.ProcessOfAsync(id, 1);
        zombie.Send(ProcessSignal.Stop);
        var replaced = await cluster.UntilAsync(id, d => d.State == "active" && d.Workers.Any(w => w.Id == 1 && w.Restarts == 1), "worker 1 to be replaced");
        var acked = replaced.Components[0].Acked;
        await cluster.UntilAsync(id, d => d.Components[0].Acked > acked + 1_000, "the others to go on");
        Assert.That(zombie.Exited.IsCompleted, Is.False, "Else there is no zombie.");
        var (done, taken, refused, frames) = (files.Numbers(), files.RowsOf(zombie.Identity.Id), Refused(cluster, id), FramesRefused(cluster));
        Assert.That(taken, Is.Positive, "While it was one of them, its rows were taken.");

        zombie.Send(ProcessSignal.Continue);
        await cluster.UntilAsync(() => Refused(cluster, id) > refused, "its position to be refused");
        await cluster.UntilAsync(() => FramesRefused(cluster) > frames, "its frames to be refused");
        Assert.That((await cluster.DescribeAsync(id)).Generation, Is.EqualTo(replaced.Generation), "Else others than the zombie may have been refused.");
        Assert.That(files.RowsOf(zombie.Identity.Id), Is.EqualTo(taken));

        files.Stop();
        await cluster.UntilAsync(id, d => d.State == "completed", "the end");
        done.UnionWith(files.Numbers(notIn: zombie.Identity.Id));
        files.RequireAll(done, Spouts, notOf: zombie.Identity.Id);
        Assert.That(files.RowsOf(zombie.Identity.Id), Is.EqualTo(taken));
    }

    /// <summary>How often a worker other than the zombie and its successor has told that it refused more frames.</summary>
    private static int FramesRefused(ClusterUnderTest cluster) =>
        cluster.ReadLogs().Split("== ").Where(log => !log.Split('\n')[0].Contains("worker-1.", StringComparison.Ordinal)).Sum(log => log.Split("frames were refused so far").Length - 1);

    /// <summary>How many positions were refused.</summary>
    private static long Refused(ClusterUnderTest cluster, string id) =>
        cluster.Service.ErrorsAsync(id).Result!.Value.Where(e => e.Message.Contains("is not the present one", StringComparison.Ordinal)).Sum(e => e.Count);
}
