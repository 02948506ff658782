using System.Diagnostics;
using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

/// <summary>The disk of the data directory is full: what cannot be kept is refused, what runs goes on, and all is well when there is room.</summary>
public sealed class RoomTests
{
    private const int Files = 8;
    private const int Lines = 1_200;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    [Test]
    public async Task A_full_disk_ends_nothing_that_runs_and_loses_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("te2e-disk-").FullName;
        using var disk = TinyDisk.TryMount(folder, 24 << 20);
        if (disk is null) Assert.Ignore("Only root can mount a small disk.");
        try
        {
            await using var cluster = new ClusterUnderTest
            {
                Data = Path.Combine(folder, "data"),
                Options = options => options with { Master = options.Master with { SilentAfter = Silence } },
            };
            await FillAsync(cluster, Path.Combine(folder, "filler"));
        }
        finally
        {
            disk!.Dispose();
            Directory.Delete(folder);
        }
    }

    private static async Task FillAsync(ClusterUnderTest cluster, string filler)
    {
        LineFiles.Write(cluster.PathOf("in"), Files, Lines);
        await cluster.StartAsync();
        (string, string)[] settings = [("input", cluster.PathOf("in")), ("pattern", "*.txt"), ("output", cluster.PathOf("out")), ("topology.max-spout-pending", "20")];
        var id = await cluster.SubmitAsync("Ingest", 2, settings);
        await cluster.UntilAsync(id, d => d.Components[0].Acked > 0, "the first acks");

        Assert.That(() => File.WriteAllBytes(filler, new byte[64 << 20]), Throws.InstanceOf<IOException>(), "It is full.");
        var full = Stopwatch.GetTimestamp();
        Assert.That(await RefusalAsync(cluster, id), Does.Contain("There is no room for the store"));
        Assert.That(async () => await cluster.TrySubmitAsync("Ingest", 1, settings), Throws.InstanceOf<TopologyException>().With.Message.Contain("No space left on device"));
        var bytes = LineFiles.Bytes(cluster.PathOf("out"));
        // Longer than the master waits for a word of a worker.
        await cluster.UntilAsync(() => Stopwatch.GetElapsedTime(full) > 2 * Silence && LineFiles.Bytes(cluster.PathOf("out")) > bytes + 1_000, "the topology to go on");
        Assert.That(LineFiles.Bytes(cluster.PathOf("out")), Is.LessThan(LineFiles.Expected(Files, Lines).Sum(row => row.Length + 1)), "There is something to do yet.");

        File.Delete(filler);
        await cluster.CommandAsync(new TopologyCommand.Deactivate(id));
        await cluster.CommandAsync(new TopologyCommand.Activate(id));
        var completed = await cluster.UntilAsync(id, d => d.State == "completed", "the end");
        LineFiles.RequireAll(cluster.PathOf("out"), Files, Lines);
        Assert.That(completed.Generation, Is.EqualTo(1), "Nobody was taken for dead.");
    }

    // What the store has left of its own may be enough for a few.
    private static async Task<string> RefusalAsync(ClusterUnderTest cluster, string id)
    {
        for (var tries = 0; tries < 1_000; tries++)
        {
            try
            {
                await cluster.CommandAsync(new TopologyCommand.Deactivate(id));
                await cluster.CommandAsync(new TopologyCommand.Activate(id));
            }
            catch (StoreException error)
            {
                return error.Message;
            }
        }

        return "";
    }
}
