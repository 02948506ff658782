using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Topology.Cluster;

namespace Topology.Web.Tests;

public sealed class LogStreamsTests : ServerFixture
{
    private readonly LogLine _line = new(FakeCluster.SomeTime, LogLevel.Error, "split", 3, "broken\n\tat once") { Log = "wc-1" };

    private Channel<LogLine> _lines = null!;
    private TaskCompletionSource _ended = null!;

    [SetUp]
    public void Follow()
    {
        (_lines, _ended) = (Channel.CreateUnbounded<LogLine>(), new());
        Cluster.OnLogs = (_, _, end) => FollowAsync(_lines.Reader, _ended, end);
    }

    [Test]
    public async Task Every_line_comes_as_it_was_and_the_end_is_the_end()
    {
        var sent = Enumerable.Range(0, 3000).Select(i => _line with { Text = $"{i} {new string('x', i % 50)}", Level = i % 3 == 0 ? null : (LogLevel)(i % 6), Component = i % 3 == 0 ? "" : "ö" }).ToArray();
        foreach (var line in sent) _lines.Writer.TryWrite(line);
        _lines.Writer.Complete();

        var read = new List<LogLine>();
        await foreach (var line in (await Client.LogsAsync("wc", new()))!) read.Add(line);

        Assert.That(read, Is.EqualTo(sent));
    }

    [Test]
    public async Task A_line_comes_when_it_is_written_and_not_later()
    {
        var lines = (await Client.LogsAsync("wc", new() { Follow = true }))!;
        await using var reader = lines.GetAsyncEnumerator();
        for (var i = 0; i < 10; i++)
        {
            var next = reader.MoveNextAsync().AsTask();
            _lines.Writer.TryWrite(_line with { Task = i });

            Assert.That(await next.WaitAsync(Limit), Is.True);
            Assert.That(reader.Current.Task, Is.EqualTo(i));
        }
    }

    [Test]
    public async Task They_end_for_the_server_when_the_client_leaves_them()
    {
        _lines.Writer.TryWrite(_line);
        await foreach (var line in (await Client.LogsAsync("wc", new() { Follow = true }))!) break;

        await _ended.Task.WaitAsync(Limit);
    }

    [Test]
    public async Task They_end_well_when_the_server_does()
    {
        _lines.Writer.TryWrite(_line);
        var lines = (await Client.LogsAsync("wc", new() { Follow = true }))!;
        await using var reader = lines.GetAsyncEnumerator();
        Assert.That(await reader.MoveNextAsync(), Is.True);
        var next = reader.MoveNextAsync().AsTask();

        await StopServerAsync().WaitAsync(Limit);

        Assert.That(await next.WaitAsync(Limit), Is.False);
    }

    [Test]
    public async Task Half_an_answer_does_not_look_like_a_whole_one()
    {
        _lines.Writer.TryWrite(_line);
        await using var reader = (await Client.LogsAsync("wc", new()))!.GetAsyncEnumerator();
        Assert.That(await reader.MoveNextAsync(), Is.True);

        _lines.Writer.Complete(new InvalidOperationException("The disk is gone."));

        Assert.That(async () => await reader.MoveNextAsync(), Throws.TypeOf<ClusterException>());
        Assert.That(Log.Lines, Has.Some.Contains("The disk is gone."));
    }

    [Test]
    public async Task What_fails_before_the_first_line_is_a_problem_like_others()
    {
        _lines.Writer.Complete(new StoreException("The disk is gone."));

        Assert.That(() => Client.LogsAsync("wc", new()), Throws.TypeOf<ClusterException>().With.Message.StartsWith("The disk is gone."));
        await Task.CompletedTask;
    }

    [Test]
    public async Task They_can_be_read_once()
    {
        _lines.Writer.Complete();
        var lines = (await Client.LogsAsync("wc", new()))!;
        await foreach (var line in lines) Assert.Fail("There was to be none.");

        Assert.That(() => lines.GetAsyncEnumerator(), Throws.InvalidOperationException);
    }

    [Test]
    public async Task There_is_an_end_to_how_many_are_read_at_once()
    {
        using var leave = new CancellationTokenSource();
        Cluster.OnLogs = (_, _, end) => FollowAsync(Channel.CreateUnbounded<LogLine>().Reader, new(), end);
        var readers = new List<IAsyncEnumerator<LogLine>>();
        for (var i = 0; i < LogStreams.Most; i++) readers.Add((await Client.LogsAsync("wc", new() { Follow = true }, leave.Token))!.GetAsyncEnumerator());

        Assert.That(() => Client.LogsAsync("wc", new()), Throws.TypeOf<ClusterException>().With.Message.Contains($"{LogStreams.Most}"));

        var ends = readers.Select(reader => reader.MoveNextAsync().AsTask()).ToArray();
        await leave.CancelAsync();
        foreach (var end in ends) Assert.That(async () => await end.WaitAsync(Limit), Throws.InstanceOf<OperationCanceledException>());
    }

    private static async IAsyncEnumerable<LogLine> FollowAsync(ChannelReader<LogLine> lines, TaskCompletionSource ended, [EnumeratorCancellation] CancellationToken end)
    {
        try
        {
            await foreach (var line in lines.ReadAllAsync(end)) yield return line;
        }
        finally
        {
            ended.TrySetResult();
        }
    }
}
