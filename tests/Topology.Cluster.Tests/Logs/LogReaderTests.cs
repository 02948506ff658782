using Microsoft.Extensions.Logging;

namespace Topology.Cluster.Tests;

public sealed class LogReaderTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private TempLogs _logs = null!;

    [SetUp]
    public void CreateFolder() => _logs = new();

    [TearDown]
    public void DeleteFolder() => _logs.Dispose();

    [Test]
    public async Task Logs_are_merged_by_time_and_each_keeps_its_order()
    {
        _logs.Write("w1", 1, Line(1, "a") + Line(4, "b") + Line(2, "late") + Line(7, "c"));
        _logs.Write("w2", 1, Line(2, "d"));
        _logs.Write("w2", 2, Line(3, "e") + Line(6, "f"));

        var lines = await ReadAsync(new());

        Assert.That(lines.Select(l => l.Text), Is.EqualTo(new[] { "a", "d", "e", "b", "late", "f", "c" }));
        Assert.That(lines.Select(l => l.Log), Is.EqualTo(new[] { "w1", "w2", "w2", "w1", "w1", "w2", "w1" }));
    }

    [Test]
    public async Task Lines_are_chosen_by_log_time_level_component_and_task()
    {
        _logs.Write("w1", 1, Line(1, "a", "INFO ") + Line(2, "b", "WARN ", "count#2") + Line(3, "c", "ERROR") + "Unhandled exception.\n");
        _logs.Write("w2", 1, Line(4, "d", "FATAL"));

        Assert.That(await TextsAsync(new() { Logs = ["w1"] }), Is.EqualTo(new[] { "a", "b", "c", "Unhandled exception." }));
        Assert.That(await TextsAsync(new() { Since = Time(3) }), Is.EqualTo(new[] { "c", "Unhandled exception.", "d" }));
        Assert.That(await TextsAsync(new() { Least = LogLevel.Error }), Is.EqualTo(new[] { "c", "Unhandled exception.", "d" }), "nobody knows how serious the raw one is");
        Assert.That(await TextsAsync(new() { Component = "count" }), Is.EqualTo(new[] { "b" }));
        Assert.That(await TextsAsync(new() { Task = 2 }), Is.EqualTo(new[] { "b" }));
    }

    [Test]
    public async Task A_torn_line_is_taken_when_its_end_comes_or_its_file_is_over()
    {
        _logs.Write("w", 1, Line(1, "a") + Line(2, "torn")[..^3]);
        Assert.That(await TextsAsync(new()), Is.EqualTo(new[] { "a" }));

        _logs.Append("w", 1, Line(2, "torn")[^3..]);
        Assert.That(await TextsAsync(new()), Is.EqualTo(new[] { "a", "torn" }));

        _logs.Append("w", 1, Line(3, "for ever")[..^4]);
        _logs.Write("w", 2, Line(4, "b"));
        Assert.That(await TextsAsync(new()), Is.EqualTo(new[] { "a", "torn", "for e", "b" }));
    }

    [Test]
    public async Task An_entry_has_its_further_lines_and_raw_lines_stand_alone()
    {
        _logs.Write("w", 1, "early\n" + Line(1, "a\n\tmore\n\t\tdeeper") + "raw\n\tnot more\n" + Line(2, "b"));

        var lines = await ReadAsync(new());
        Assert.That(lines.Select(l => l.Text), Is.EqualTo(new[] { "early", "a\nmore\n\tdeeper", "raw\nnot more", "b" }));
        Assert.That(lines[0].Time, Is.EqualTo(Time(1)), "as old as what follows");
        Assert.That(lines.Single(l => l.Text.StartsWith("raw", StringComparison.Ordinal)).Level, Is.Null);
        Assert.That(lines.Single(l => l.Text.StartsWith("raw", StringComparison.Ordinal)).Time, Is.EqualTo(Time(1)));
    }

    [Test]
    public async Task A_follow_goes_on_in_the_next_file_and_finds_new_logs()
    {
        _logs.Write("w1", 1, Line(1, "a"));
        await using var follow = LogReader.ReadAsync(_logs.Folder, new() { Follow = true, LookEvery = TimeSpan.FromMilliseconds(1) }).GetAsyncEnumerator();

        Assert.That(await NextAsync(follow), Is.EqualTo("a"));
        _logs.Append("w1", 1, Line(2, "b")[..^2]);
        var next = follow.MoveNextAsync().AsTask();
        Assert.That(next.IsCompleted, Is.False);
        _logs.Append("w1", 1, Line(2, "b")[^2..] + Line(3, "c"));
        Assert.That(await next.WaitAsync(Limit), Is.True);
        Assert.That(follow.Current.Text, Is.EqualTo("b"));
        Assert.That(await NextAsync(follow), Is.EqualTo("c"));
        _logs.Write("w1", 2, Line(4, "d"));
        File.Delete(_logs.Folder.PathOf("w1", 1));
        Assert.That(await NextAsync(follow), Is.EqualTo("d"));
        _logs.Write("w2", 1, Line(3, "e"));
        Assert.That(await NextAsync(follow), Is.EqualTo("e"));
    }

    [Test]
    public async Task A_follow_ends_when_it_is_cancelled()
    {
        using var end = new CancellationTokenSource();
        await using var follow = LogReader.ReadAsync(_logs.Folder, new() { Follow = true }, end.Token).GetAsyncEnumerator();
        var next = follow.MoveNextAsync().AsTask();
        await end.CancelAsync();

        Assert.That(async () => await next.WaitAsync(Limit), Throws.InstanceOf<OperationCanceledException>());
    }

    private static DateTimeOffset Time(int second) => new(2026, 11, 20, 11, 0, second, TimeSpan.Zero);

    private static string Line(int second, string text, string level = "INFO ", string component = "split") => $"{Time(second):yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'} {level} {component} {text}\n";

    private static async Task<string> NextAsync(IAsyncEnumerator<LogLine> follow)
    {
        Assert.That(await follow.MoveNextAsync().AsTask().WaitAsync(Limit), Is.True);
        return follow.Current.Text;
    }

    private async Task<List<LogLine>> ReadAsync(LogQuery query) => await LogReader.ReadAsync(_logs.Folder, query).ToListAsync();

    private async Task<IEnumerable<string>> TextsAsync(LogQuery query) => (await ReadAsync(query)).Select(line => line.Text);
}
