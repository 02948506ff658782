using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using NUnit.Framework.Constraints;
using Topology.Cluster;
using Topology.Testing;

namespace Topology.Web.Tests;

/// <summary>Whatever the contract says of a cluster in its own process holds over HTTP too.</summary>
public sealed class ClusterClientTests : ServerFixture
{
    private static readonly CommandOutcome Done = new(CommandVerdict.Accepted, "wc-1", "It is on its way.");

    private static IEnumerable<TopologyCommand> Commands =>
    [
        new TopologyCommand.Activate("wc"),
        new TopologyCommand.Deactivate("wc"),
        new TopologyCommand.Resume("wc"),
        new TopologyCommand.Rebalance("wc"),
        new TopologyCommand.Rebalance("wc", 3, TimeSpan.FromMilliseconds(1500)),
        new TopologyCommand.Drain("wc"),
        new TopologyCommand.Drain("wc", TimeSpan.FromTicks(12_345_678_901)),
        new TopologyCommand.Kill("wc"),
        new TopologyCommand.Kill("wc", TimeSpan.Zero),
        new TopologyCommand.DrainAll(),
        new TopologyCommand.DrainAll(TimeSpan.FromHours(2)),
        new TopologyCommand.ResumeAll(),
        .. Names.Select(name => new TopologyCommand.Activate(name)),
    ];

    private static IEnumerable<string> Names => ["a/b", "a%2Fb", "a%b", "?x=1", "#", "..x", " ", "wörter ☃ 😀", "a+b", "\\..\\", ";$(touch x)", "<img onerror>", "errors", "..%2f..", "-v"];

    [Test]
    public async Task It_tells_which_cluster_answers() => Assert.That(await Client.InfoAsync(), Is.EqualTo(Cluster.Info));

    [Test]
    public async Task A_join_token_is_made_where_the_daemon_listens_for_other_hosts()
    {
        Assert.That(await Client.InviteAsync(), Is.Null);
        Cluster.Invitation = new JoinInvitation("topology-join-1.x", "tcp://10.0.0.5:7071", DateTimeOffset.UnixEpoch);
        Assert.That(await Client.InviteAsync(), Is.EqualTo(Cluster.Invitation));
    }

    [Test]
    public async Task A_supervisor_is_forgotten_once_and_by_its_own_name_alone()
    {
        Cluster.Supervisors = [new SupervisorDescription("rack-3", 4, 0, DateTimeOffset.UnixEpoch, false)];
        foreach (var name in Names.Concat(["", ".", "..", "rack-3/forget", "rack-3%2Fforget"])) Assert.That(await Client.ForgetSupervisorAsync(name), Is.False, name);
        Assert.That(await Client.ForgetSupervisorAsync("rack-3"), Is.True);
        Assert.That(await Client.ForgetSupervisorAsync("rack-3"), Is.False);
    }

    [Test]
    public async Task A_rebalance_brings_its_executors_along()
    {
        TopologyCommand? arrived = null;
        Cluster.OnCommand = command =>
        {
            arrived = command;
            return Done;
        };
        await Client.CommandAsync(new TopologyCommand.Rebalance("wc", Executors: ImmutableSortedDictionary<string, int>.Empty.Add("split", 4).Add("count", 1)));
        Assert.That(((TopologyCommand.Rebalance)arrived!).Executors, Is.EquivalentTo(new Dictionary<string, int> { ["split"] = 4, ["count"] = 1 }));
    }

    [TestCaseSource(nameof(Commands))]
    public async Task A_command_arrives_as_it_was_given(TopologyCommand command)
    {
        TopologyCommand? arrived = null;
        Cluster.OnCommand = given =>
        {
            arrived = given;
            return Done;
        };

        Assert.That(await Client.CommandAsync(command), Is.EqualTo(Done));
        Assert.That(arrived, Is.EqualTo(command));
    }

    [TestCase(CommandVerdict.Accepted)]
    [TestCase(CommandVerdict.NotFound)]
    [TestCase(CommandVerdict.Conflict)]
    [TestCase(CommandVerdict.Invalid)]
    public async Task The_masters_answer_comes_back_as_it_was_given(CommandVerdict verdict)
    {
        foreach (var topology in new[] { "wc-1", null })
        {
            var outcome = new CommandOutcome(verdict, topology, "Line one.\nLine \"two\": <b>☃</b>");
            Cluster.OnCommand = _ => outcome;
            Cluster.OnSubmit = _ => outcome;

            Assert.That(await Client.CommandAsync(new TopologyCommand.Activate("wc")), Is.EqualTo(outcome));
            Assert.That(await Client.SubmitAsync(new(UploadId.Parse(new string('a', 64)))), Is.EqualTo(outcome));
        }
    }

    [Test]
    public void A_submission_is_no_command() =>
        Assert.That(() => Client.CommandAsync(new TopologyCommand.Submit(null!)), Throws.ArgumentException);

    [TestCase("")]
    [TestCase(".")]
    [TestCase("..")]
    [TestCase("a\0b")]
    public async Task There_is_no_topology_of_a_name_that_no_path_can_hold(string name)
    {
        Assert.That((await Client.CommandAsync(new TopologyCommand.Kill(name))).Verdict, Is.EqualTo(CommandVerdict.NotFound));
        Assert.That(await Client.DescribeAsync(name), Is.Null);
        Assert.That(await Client.ErrorsAsync(name), Is.Null);
        Assert.That(await Client.LogsAsync(name, new()), Is.Null);
    }

    [Test]
    public async Task There_is_no_topology_of_a_name_that_is_longer_than_any() =>
        Assert.That(await Client.DescribeAsync(new string('x', 100_000)), Is.Null);

    [Test]
    public async Task What_is_not_there_is_null()
    {
        Assert.That(await Client.DescribeAsync("wc"), Is.Null);
        Assert.That(await Client.ErrorsAsync("wc"), Is.Null);
        Assert.That(await Client.LogsAsync("wc", new()), Is.Null);
    }

    [TestCaseSource(nameof(Names))]
    public async Task Any_name_can_be_asked_for(string name)
    {
        var asked = new List<string>();
        Cluster.OnErrors = topology =>
        {
            asked.Add(topology);
            return [];
        };

        Assert.That(await Client.ErrorsAsync(name), Is.Empty);
        Assert.That(asked, Is.EqualTo(new[] { name }));
    }

    [Test]
    public async Task An_upload_arrives_whole_and_is_known_then()
    {
        var zip = RandomNumberGenerator.GetBytes(250_000);
        var id = IdOf(zip);
        var sent = new List<long>();
        Assert.That(await Client.HasUploadAsync(id), Is.False);

        await Client.UploadAsync(id, new MemoryStream(zip), new Seen(sent));

        Assert.That(await Client.HasUploadAsync(id), Is.True);
        Assert.That(sent, Is.Ordered.And.Count.GreaterThan(1));
        Assert.That(sent[^1], Is.EqualTo(zip.Length));
    }

    [Test]
    public async Task Logs_come_as_they_are_written_and_end_when_cancelled()
    {
        var more = new TaskCompletionSource();
        var line = new LogLine(FakeCluster.SomeTime, LogLevel.Warning, "split", 3, "first\nsecond") { Log = "wc-1" };
        var ended = new TaskCompletionSource();
        Cluster.OnLogs = (_, _, end) => Follow(line, ended, end);
        using var cancellation = new CancellationTokenSource();
        var lines = await Client.LogsAsync("wc", new LogQuery { Follow = true }, cancellation.Token);

        await using var reader = lines!.GetAsyncEnumerator();
        Assert.That(await reader.MoveNextAsync(), Is.True);
        Assert.That(reader.Current, Is.EqualTo(line));
        var next = reader.MoveNextAsync().AsTask();
        Assert.That(next.IsCompleted, Is.False);
        await cancellation.CancelAsync();

        Assert.That(async () => await next, Throws.InstanceOf<OperationCanceledException>());
        await ended.Task.WaitAsync(Limit);
    }

    [Test]
    public async Task Where_nobody_listens_no_daemon_answers()
    {
        await StopServerAsync();

        Assert.That(() => Client.InfoAsync(), Problem(ClusterProblem.Unreachable, "No daemon answers"));
        Assert.That(() => Client.HasUploadAsync(IdOf([])), Problem(ClusterProblem.Unreachable, "No daemon answers"));
        Assert.That(() => Client.UploadAsync(IdOf([]), new MemoryStream()), Problem(ClusterProblem.Unreachable, "No daemon answers"));
        Assert.That(() => Client.LogsAsync("wc", new()), Problem(ClusterProblem.Unreachable, "No daemon answers"));
    }

    [Test]
    public void A_wrong_token_is_said_to_be_wrong()
    {
        using var stranger = new ClusterClient(new(Url, new string('6', 64)));

        Assert.That(() => stranger.InfoAsync(), Problem(ClusterProblem.Unauthorized, "token"));
        Assert.That(() => stranger.HasUploadAsync(IdOf([])), Problem(ClusterProblem.Unauthorized, "token"));
        Assert.That(() => stranger.UploadAsync(IdOf([]), new MemoryStream(new byte[200_000])), Problem(ClusterProblem.Unauthorized, "token"));
        Assert.That(() => stranger.CommandAsync(new TopologyCommand.ResumeAll()), Problem(ClusterProblem.Unauthorized, "token"));
    }

    [Test]
    public async Task A_token_is_read_when_it_is_needed_and_again_where_it_could_not_be()
    {
        var file = Temporary.PathOf("token");
        using var client = new ClusterClient(new(Url, () => TokenFile.ReadAt(file)));
        Assert.That(() => client.InfoAsync(), Problem(ClusterProblem.Unauthorized, file));

        Temporary.Write("token", Token + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Assert.That(await client.InfoAsync(), Is.EqualTo(Cluster.Info));
    }

    [TestCase("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnull")]
    [TestCase("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")]
    [TestCase("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")]
    [TestCase("HTTP/1.1 500 Oh\r\nContent-Type: application/problem+json\r\nContent-Length: 2\r\n\r\n[]")]
    [TestCase("SSH-2.0-OpenSSH_9.2\r\n")]
    public async Task What_is_no_daemon_is_told_from_one(string answer)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var answering = AnswerAsync(other, answer);
        using var client = new ClusterClient(new(new($"http://{other.LocalEndpoint}"), Token));

        Assert.That(() => client.InfoAsync(), Problem(ClusterProblem.Unreachable, other.LocalEndpoint.ToString()!));
        await answering;
    }

    [Test]
    public void A_daemon_that_does_not_answer_is_not_waited_for_for_ever()
    {
        var time = new ManualTime();
        Cluster.OnInfo = () =>
        {
            time.Advance(TimeSpan.FromSeconds(7));
            return new TaskCompletionSource<ClusterInfo>().Task;
        };
        using var client = new ClusterClient(new(Url, Token) { Timeout = TimeSpan.FromSeconds(7), Time = time });

        Assert.That(() => client.InfoAsync().WaitAsync(Limit), Problem(ClusterProblem.Unreachable, "7 s"));
    }

    [Test]
    public async Task A_caller_may_stop_waiting()
    {
        var asked = new TaskCompletionSource();
        Cluster.OnInfo = () =>
        {
            asked.SetResult();
            return new TaskCompletionSource<ClusterInfo>().Task;
        };
        using var cancellation = new CancellationTokenSource();
        var info = Client.InfoAsync(cancellation.Token);
        await asked.Task.WaitAsync(Limit);
        await cancellation.CancelAsync();

        Assert.That(async () => await info, Throws.InstanceOf<OperationCanceledException>());
    }

    internal static UploadId IdOf(byte[] zip) => UploadId.Parse(Convert.ToHexStringLower(SHA256.HashData(zip)));

    private static ContainsConstraint Problem(ClusterProblem problem, string text) => Throws.TypeOf<ClusterException>().With.Property("Problem").EqualTo(problem).And.Message.Contains(text);

    private static async Task AnswerAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        _ = await stream.ReadAsync(new byte[4096]);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
    }

    private static async IAsyncEnumerable<LogLine> Follow(LogLine line, TaskCompletionSource ended, [EnumeratorCancellation] CancellationToken end)
    {
        try
        {
            yield return line;
            await Task.Delay(Timeout.Infinite, end);
        }
        finally
        {
            ended.SetResult();
        }
    }

    private sealed class Seen(List<long> sent) : IProgress<long>
    {
        public void Report(long value) => sent.Add(value);
    }
}
