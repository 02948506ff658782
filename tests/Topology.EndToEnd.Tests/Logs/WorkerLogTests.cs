using Microsoft.Extensions.Logging;
using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

public sealed class WorkerLogTests : ProcessFixture
{
    [Test]
    public async Task A_workers_last_words_are_in_the_file_that_it_writes_by_then()
    {
        var folder = new LogFolder(PathOf("logs"));
        var (process, line) = await StartChildAsync(start => start with { LogFile = folder.CurrentFile("worker") });
        await line.AskAsync("error at the start");
        await line.AskAsync($"log {folder.FullPath}");
        await line.AskAsync("write 300");
        await line.AskAsync("print by a component");
        await line.AskAsync("write 1");
        var newest = folder.CurrentFile("worker");
        Assert.That(ProcFile.Descriptors(process.Identity)[2], Is.EqualTo(newest), "standard error follows");
        await line.TellAsync("throw the last straw");
        await process.Exited.WaitAsync(Limit);

        var lines = await LogReader.ReadAsync(folder, new()).ToListAsync();
        Assert.That(Directory.GetFiles(folder.FullPath), Has.Length.GreaterThan(3));
        Assert.That(lines[0].Text, Is.EqualTo("at the start"));
        Assert.That(lines.Where(l => l.Component == "split").Select(l => (l.Task, l.Text)), Is.EqualTo(Enumerable.Range(0, 300).Append(0).Select(i => (3, $"line {i}"))));
        Assert.That(lines.Single(l => l.Component == "stdout").Text, Is.EqualTo("by a component"));
        Assert.That(lines.Any(l => l.Level is null && l.Text.Contains("the last straw", StringComparison.Ordinal)), "by the runtime");
        Assert.That(lines.FindIndex(l => l.Text.Contains("the last straw", StringComparison.Ordinal)), Is.GreaterThan(lines.FindLastIndex(l => l.Component == "split")));
    }

    [Test]
    public async Task A_full_disk_stops_nothing_and_is_told_when_there_is_room_again()
    {
        using var disk = TinyDisk.TryMount(PathOf("disk"));
        if (disk is null) Assert.Ignore("Only root can mount a small disk.");
        var folder = new LogFolder(disk!.Path);
        using var log = new WorkerLog(folder, "worker", new() { FileBytes = 1 << 20 });
        var logger = log.CreateLogger("split");
        var filler = Path.Combine(disk.Path, "filler");
        logger.LogInformation("before");
        await log.FlushAsync();
        Assert.That(() => File.WriteAllBytes(filler, new byte[TinyDisk.Bytes * 2]), Throws.InstanceOf<IOException>(), "it is full");

        var long1 = new string('x', 10_000);
        for (var i = 0; i < 20; i++) logger.LogInformation("{Text}", long1);
        await log.FlushAsync();
        File.Delete(filler);
        logger.LogInformation("after");
        await log.FlushAsync();

        var lines = await LogReader.ReadAsync(folder, new()).ToListAsync();
        Assert.That(lines[0].Text, Is.EqualTo("before"));
        Assert.That(lines[^1].Text, Is.EqualTo("after"));
        Assert.That(lines[^2].Text, Does.Match("^[0-9]+ entries were lost"));
        Assert.That(lines.Where(l => l.Level is null || l.Component == "split").Select(l => l.Text.Length), Has.All.LessThanOrEqualTo(10_000), "what was torn is a line of its own");
    }
}
