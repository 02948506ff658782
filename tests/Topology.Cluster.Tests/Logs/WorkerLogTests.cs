using Microsoft.Extensions.Logging;

namespace Topology.Cluster.Tests;

public sealed class WorkerLogTests
{
    private TempLogs _logs = null!;

    [SetUp]
    public void CreateFolder() => _logs = new();

    [TearDown]
    public void DeleteFolder() => _logs.Dispose();

    [Test]
    public async Task What_is_logged_is_in_the_file_after_a_flush()
    {
        using var log = new WorkerLog(_logs.Folder, "w");
        log.CreateLogger("split#3").LogError(new InvalidOperationException("why"), "{What} failed", "it");
        await log.FlushAsync();

        var line = (await LogReader.ReadAsync(_logs.Folder, new()).ToListAsync()).Single();
        Assert.That((line.Level, line.Component, line.Task), Is.EqualTo((LogLevel.Error, "split", 3)));
        Assert.That(line.Text, Is.EqualTo("it failed\nSystem.InvalidOperationException: why"));
        Assert.That(line.Time, Is.EqualTo(TimeProvider.System.GetUtcNow()).Within(TimeSpan.FromHours(1)));
    }

    [Test]
    public async Task What_is_logged_before_the_end_is_in_the_file_after_it()
    {
        using (var log = new WorkerLog(_logs.Folder, "w"))
        {
            for (var i = 0; i < 5000; i++) log.CreateLogger("a").LogInformation("{Number}", i);
        }

        Assert.That((await TextsAsync()).Count, Is.EqualTo(5000));
    }

    [Test]
    public async Task A_log_goes_on_where_it_was()
    {
        foreach (var text in new[] { "first", "second" })
        {
            using var log = new WorkerLog(_logs.Folder, "w");
            log.CreateLogger("a").LogInformation("{Text}", text);
        }

        Assert.That(await TextsAsync(), Is.EqualTo(new[] { "first", "second" }));
        Assert.That(Directory.GetFiles(_logs.Path), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Files_follow_one_another_by_size_and_the_oldest_go()
    {
        using (var log = new WorkerLog(_logs.Folder, "w", new() { FileBytes = 1000, Files = 3 }))
        {
            for (var i = 0; i < 100; i++)
            {
                log.CreateLogger("a").LogInformation("line {Number}", i);
                await log.FlushAsync();
            }
        }

        var texts = await TextsAsync();
        Assert.That(Directory.GetFiles(_logs.Path), Has.Length.EqualTo(3));
        Assert.That(Directory.GetFiles(_logs.Path).Select(file => new FileInfo(file).Length), Is.All.LessThan(1100));
        Assert.That(texts, Is.EqualTo(Enumerable.Range(100 - texts.Count, texts.Count).Select(i => $"line {i}")), "the newest, without a gap");
        Assert.That(texts, Has.Count.GreaterThan(30));
    }

    [Test]
    public async Task What_others_append_to_the_file_counts_and_stays()
    {
        using (var log = new WorkerLog(_logs.Folder, "w", new() { FileBytes = 1000 }))
        {
            var first = _logs.Folder.CurrentFile("w");
            log.CreateLogger("a").LogInformation("one");
            await log.FlushAsync();
            await File.AppendAllTextAsync(first, new string('r', 1000) + "\n");
            log.CreateLogger("a").LogInformation("two");
            await log.FlushAsync();
            Assert.That(_logs.Folder.CurrentFile("w"), Is.Not.EqualTo(first));
        }

        Assert.That(await TextsAsync(), Is.EqualTo(new[] { "one", new string('r', 1000), "two" }));
    }

    [Test]
    public async Task A_follow_sees_every_entry_of_many_writers_once_while_files_come_and_go()
    {
        const int Threads = 4, Each = 500;
        using var log = new WorkerLog(_logs.Folder, "w", new() { FileBytes = 5000, Files = 1000 });
        var writers = Enumerable.Range(1, Threads).Select(task => new Thread(() =>
        {
            var logger = log.CreateLogger($"a#{task}");
            for (var i = 0; i < Each; i++) logger.LogInformation("{Number}", i);
        })).ToList();
        var seen = new List<LogLine>();
        writers.ForEach(writer => writer.Start());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await foreach (var line in LogReader.ReadAsync(_logs.Folder, new() { Follow = true, LookEvery = TimeSpan.FromMilliseconds(1) }, limit.Token))
        {
            seen.Add(line);
            if (seen.Count == Threads * Each) break;
        }

        writers.ForEach(writer => writer.Join());
        for (var task = 1; task <= Threads; task++)
            Assert.That(seen.Where(line => line.Task == task).Select(line => line.Text), Is.EqualTo(Enumerable.Range(0, Each).Select(i => $"{i}")));
        Assert.That(Directory.GetFiles(_logs.Path), Has.Length.GreaterThan(5));
    }

    [Test]
    public async Task Who_logs_never_waits_and_the_log_says_what_it_dropped()
    {
        var sink = new MemorySink();
        using var log = new WorkerLog(sink, new() { QueueEntries = 10 });
        var logger = log.CreateLogger("a");
        sink.Gate.Reset();
        logger.LogInformation("first");
        sink.Asked.Wait();

        // The disk hangs, and this returns.
        for (var i = 0; i < 100; i++) logger.LogInformation("{Number}", i);
        sink.Gate.Set();
        await log.FlushAsync();

        Assert.That(sink.Lines, Has.Length.EqualTo(12));
        Assert.That(sink.Lines[0], Does.EndWith(" first"));
        Assert.That(sink.Lines[1], Does.EndWith(" WARN  log 90 entries were dropped: more was logged than could be written"));
        Assert.That(sink.Lines[11], Does.EndWith(" 9"));
    }

    [Test]
    public async Task Large_entries_are_bounded_by_their_size()
    {
        var sink = new MemorySink();
        using var log = new WorkerLog(sink, new() { QueueCharacters = 1000 });
        sink.Gate.Reset();
        log.CreateLogger("a").LogInformation("first");
        sink.Asked.Wait();
        for (var i = 0; i < 100; i++) log.CreateLogger("a").LogInformation("{Text}", new string('x', 300));
        sink.Gate.Set();
        await log.FlushAsync();

        Assert.That(sink.Lines, Has.Length.EqualTo(1 + 1 + 3));
        Assert.That(sink.Lines[1], Does.Contain("97 entries were dropped"));
    }

    [Test]
    public async Task What_could_not_be_written_is_told_as_soon_as_it_can_be()
    {
        var sink = new MemorySink { Problem = "No space left on device" };
        using var log = new WorkerLog(sink, new());
        for (var i = 0; i < 3; i++)
        {
            log.CreateLogger("a").LogInformation("lost");
            await log.FlushAsync();
        }

        sink.Problem = null;
        log.CreateLogger("a").LogInformation("kept");
        log.CreateLogger("a").LogInformation("kept");
        await log.FlushAsync();

        Assert.That(sink.Lines.Where(line => line.EndsWith(" 3 entries were lost: they could not be written", StringComparison.Ordinal)), Has.Exactly(1).Items);
        Assert.That(sink.Lines.Where(line => line.EndsWith(" kept", StringComparison.Ordinal)), Has.Exactly(2).Items);
        Assert.That(sink.Lines, Has.Length.EqualTo(3));
    }

    [Test]
    public async Task An_argument_that_throws_does_not_throw_at_who_logs()
    {
        var sink = new MemorySink();
        using var log = new WorkerLog(sink, new());

        Assert.That(() => log.CreateLogger("a").LogInformation("{Bad}", new Speechless()), Throws.Nothing);
        await log.FlushAsync();
        Assert.That(sink.Lines.Single(), Does.Contain("could not be made: InvalidOperationException"));
    }

    [Test]
    public async Task Lower_levels_are_not_logged()
    {
        var sink = new MemorySink();
        using var log = new WorkerLog(sink, new() { Least = LogLevel.Warning });
        log.CreateLogger("a").LogInformation("no");
        log.CreateLogger("a").LogWarning("yes");
        await log.FlushAsync();

        Assert.That(log.CreateLogger("a").IsEnabled(LogLevel.Information), Is.False);
        Assert.That(sink.Lines.Single(), Does.EndWith(" yes"));
    }

    [Test]
    public async Task A_writers_lines_become_entries()
    {
        var sink = new MemorySink();
        using var log = new WorkerLog(sink, new());
        using (var writer = log.CreateWriter("stdout", LogLevel.Information))
        {
            await writer.WriteLineAsync("one");
            await writer.WriteAsync("two\r\nthr");
            await writer.WriteAsync("ee");
        }

        await log.FlushAsync();
        Assert.That(sink.Lines.Select(line => line.Split("stdout ")[1]), Is.EqualTo(new[] { "one", "two", "three" }));
    }

    [Test]
    public void A_disk_that_hangs_holds_up_the_end_only_so_long()
    {
        var sink = new MemorySink();
        var log = new WorkerLog(sink, new() { FlushLimit = TimeSpan.FromMilliseconds(1) });
        sink.Gate.Reset();
        log.CreateLogger("a").LogInformation("x");
        sink.Asked.Wait();

        log.Dispose();

        Assert.That(sink.Lines, Is.Empty);
        sink.Gate.Set();
    }

    private async Task<List<string>> TextsAsync() => [.. (await LogReader.ReadAsync(_logs.Folder, new()).ToListAsync()).Select(line => line.Text)];

    private sealed class Speechless
    {
        public override string ToString() => throw new InvalidOperationException();
    }
}
