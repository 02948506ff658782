using System.Diagnostics;
using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

/// <summary>The disk of the data directory is full: what cannot be kept is refused, what runs goes on, and all is well when there is room.</summary>
public sealed class RoomTests
{
    private const int Files = 8;
    private const int Lines = 1_200;
    private const int DiskBytes = 24 << 20;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    private string _folder = "";
    private TinyDisk? _disk;
    private ClusterUnderTest _cluster = null!;
    private string _id = "";

    private string Filler => Path.Combine(_folder, "filler");

    private (string, string)[] Settings =>
        [("input", _cluster.PathOf("in")), ("pattern", "*.txt"), ("output", _cluster.PathOf("out")), ("topology.max-spout-pending", "20")];

    [SetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("te2e-disk-").FullName;
        _cluster = new ClusterUnderTest
        {
            Data = Path.Combine(_folder, "data"),
            Options = options => options with { Master = options.Master with { SilentAfter = Silence } },
        };
        _disk = TinyDisk.TryMount(_folder, DiskBytes);
        if (_disk is null) Assert.Ignore("Only root can mount a small disk.");
        LineFiles.Write(_cluster.PathOf("in"), Files, Lines);
        await _cluster.StartAsync();
        _id = await _cluster.SubmitAsync("Ingest", 2, Settings);
        await _cluster.UntilAsync(_id, d => d.Components[0].Acked > 0, "the first acks");
        Assert.That(() => File.WriteAllBytes(Filler, new byte[2 * DiskBytes]), Throws.InstanceOf<IOException>(), "It is full.");
    }

    [TearDown]
    public async Task EndAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
        _disk?.Dispose();
        Directory.Delete(_folder);
    }

    [Test]
    public async Task A_full_disk_ends_nothing_that_runs_and_loses_nothing()
    {
        var full = Stopwatch.GetTimestamp();
        Assert.That(await RefusalAsync(), Does.Contain("There is no room for the store"));
        Assert.That(async () => await _cluster.TrySubmitAsync("Ingest", 1, Settings), Throws.InstanceOf<TopologyException>().With.Message.Contain("No space left on device"));
        var bytes = LineFiles.Bytes(_cluster.PathOf("out"));
        // Longer than the master waits for a word of a worker.
        await _cluster.UntilAsync(() => Stopwatch.GetElapsedTime(full) > 2 * Silence && LineFiles.Bytes(_cluster.PathOf("out")) > bytes + 1_000, "the topology to go on");
        Assert.That(LineFiles.Bytes(_cluster.PathOf("out")), Is.LessThan(LineFiles.Expected(Files, Lines).Sum(row => row.Length + 1)), "There is something to do yet.");

        File.Delete(Filler);
        await _cluster.CommandAsync(new TopologyCommand.Deactivate(_id));
        await _cluster.CommandAsync(new TopologyCommand.Activate(_id));
        var completed = await CompleteAsync();
        Assert.That(completed.Generation, Is.EqualTo(1), "Nobody was taken for dead.");
    }

    [Test]
    public async Task A_worker_that_dies_while_the_disk_is_full_is_replaced_when_there_is_room()
    {
        Assert.That(await RefusalAsync(), Does.Contain("There is no room for the store"));
        var victim = await _cluster.ProcessOfAsync(_id, 1);
        await victim.KillAsync();
        Assert.That(await RefusalAsync(), Does.Contain("There is no room for the store"), "Its death was heard, and could not be kept.");

        File.Delete(Filler);
        await _cluster.UntilAsync(_id, d => d.State == "active" && d.Workers.Any(w => w.Id == 1 && w.Restarts == 1), "worker 1 to be replaced");
        await CompleteAsync();
    }

    // What the store has left of its own may be enough for a few.
    private async Task<string> RefusalAsync()
    {
        for (var tries = 0; tries < 1_000; tries++)
        {
            try
            {
                await _cluster.CommandAsync(new TopologyCommand.Deactivate(_id));
                await _cluster.CommandAsync(new TopologyCommand.Activate(_id));
            }
            catch (StoreException error)
            {
                return error.Message;
            }
        }

        return "";
    }

    private async Task<TopologyDescription> CompleteAsync()
    {
        await _cluster.CommandAsync(new TopologyCommand.Activate(_id));
        var completed = await _cluster.UntilAsync(_id, d => d.State == "completed", "the end");
        LineFiles.RequireAll(_cluster.PathOf("out"), Files, Lines);
        return completed;
    }
}
