using System.Buffers.Text;
using System.Text.Json;
using Topology.Cluster;

namespace Topology.Cli.Tests;

/// <summary><c>token</c> and <c>join</c>, and what <c>up</c> takes for them.</summary>
public sealed class JoinCommandTests
{
    // Two keys of 32 bytes, and the address.
    private static readonly string Token = "topology-join-1." + Base64Url.EncodeToString([.. new byte[64], .. "tcp://10.0.0.5:7071"u8]);

    [Test]
    public async Task A_token_goes_to_standard_output_alone()
    {
        var program = TestProgram.WithoutOwn;
        program.Service.Invitation = new JoinInvitation(Token, "tcp://10.0.0.5:7071", DateTimeOffset.UnixEpoch.AddHours(1));

        Assert.That(await program.RunAsync("token"), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out, Is.EqualTo(Token + "\n"));
        Assert.That(program.Error, Does.StartWith("good once, for one supervisor, until 01:00 UTC; whoever reads it may join").And.Not.Contain(Token));
        program.Console.OutText.GetStringBuilder().Clear();
        Assert.That(await program.RunAsync("token", "-o", "json"), Is.EqualTo(ExitCode.Success));
        Assert.That(JsonDocument.Parse(program.Out).RootElement.GetProperty("endpoint").GetString(), Is.EqualTo("tcp://10.0.0.5:7071"));
    }

    [Test]
    public async Task A_daemon_that_listens_for_no_other_hosts_makes_none()
    {
        var program = TestProgram.WithoutOwn;

        Assert.That(await program.RunAsync("token"), Is.EqualTo(ExitCode.Conflict));
        Assert.That(program.Error, Is.EqualTo("error: the daemon listens for no other hosts\n  try: topology down, then topology up --listen tcp://ADDRESS:PORT\n"));
    }

    [Test]
    public async Task A_supervisor_joins_with_a_token_from_standard_input_or_a_file()
    {
        using var folder = new TempFolder();
        var file = folder.Write("token", Token + "\n");
        var program = new TestProgram { Own = null, Console = new TestConsole { InText = Token } };

        Assert.That(await program.RunAsync("join", "-", "--detach", "--name", "rack-3", "--slots", "2"), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out, Is.EqualTo("rack-3\n"));
        Assert.That(await program.RunAsync("join", file, "--host", "10.0.0.9", "--data", "/other"), Is.EqualTo(ExitCode.Success));
        Assert.That(await program.RunAsync("join"), Is.EqualTo(ExitCode.Success));

        Assert.That(program.Cluster.Joined.Select(j => j.Token?.Endpoint), Is.EqualTo(new[] { "tcp://10.0.0.5:7071", "tcp://10.0.0.5:7071", null }));
        Assert.That(program.Cluster.Joined.Select(j => j with { Token = null }), Is.EqualTo(new[]
        {
            new SupervisorRequest("/default/data", null, 2, "rack-3", null),
            new SupervisorRequest("/other", null, null, null, "10.0.0.9"),
            new SupervisorRequest("/default/data", null, null, null, null),
        }));
    }

    [Test]
    public async Task A_supervisor_in_the_background_is_ended_by_its_directory()
    {
        var program = TestProgram.WithoutOwn;
        program.Cluster.Supervisors.Add("/other");

        Assert.That(await program.RunAsync("join", "--stop"), Is.EqualTo(ExitCode.NotFound));
        Assert.That(program.Error, Is.EqualTo("error: no supervisor runs with its data in /default/data\n  try: --data with its directory\n"));
        Assert.That(await program.RunAsync("join", "--stop", "--data", "/other"), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Cluster.Supervisors, Is.Empty);
        Assert.That(await program.RunAsync("join", "--stop", "--detach"), Is.EqualTo(ExitCode.Usage));
        Assert.That(program.Cluster.Joined, Is.Empty);
    }

    [Test]
    public async Task A_supervisor_is_forgotten_by_its_name()
    {
        var program = TestProgram.WithoutOwn;
        program.Service.Supervisors.Add(new SupervisorDescription("rack-3", 4, 0, DateTimeOffset.UnixEpoch, false));

        Assert.That(await program.RunAsync("supervisors", "--forget", "rack-4"), Is.EqualTo(ExitCode.NotFound));
        Assert.That(program.Error, Is.EqualTo("error: no supervisor 'rack-4' has joined; did you mean 'rack-3'?\n  try: topology supervisors\n"));
        Assert.That(await program.RunAsync("supervisors", "--forget", "rack-3"), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Service.Supervisors, Is.Empty);
    }

    [TestCase(JoinProblem.Forgotten, ExitCode.Unauthorized)]
    [TestCase(JoinProblem.Unreachable, ExitCode.Unreachable)]
    [TestCase(JoinProblem.WrongDaemon, ExitCode.Unauthorized)]
    [TestCase(JoinProblem.UnknownToken, ExitCode.Unauthorized)]
    [TestCase(JoinProblem.UsedToken, ExitCode.Unauthorized)]
    [TestCase(JoinProblem.ExpiredToken, ExitCode.Unauthorized)]
    [TestCase(JoinProblem.OtherCluster, ExitCode.Conflict)]
    [TestCase(JoinProblem.NotJoined, ExitCode.Usage)]
    [TestCase(JoinProblem.NotKept, ExitCode.Lost)]
    public async Task What_keeps_it_from_joining_is_told_with_what_to_do_next(JoinProblem problem, int code)
    {
        var program = TestProgram.WithoutOwn;
        program.Cluster.JoinProblem = problem;

        Assert.That(await program.RunAsync("join"), Is.EqualTo(code));
        Assert.That(program.Error, Does.StartWith("error: it did not join\n  try: "));
    }

    [TestCase("join /nowhere/token", "the token cannot be read")]
    [TestCase("join -", "standard input holds no token")]
    [TestCase("join --slots -1", "--slots -1")]
    [TestCase("join --host here", "here: no IPv4 address of this host")]
    [TestCase("up --host 10.0.0.5", "--host is of --listen")]
    [TestCase("up --listen 10.0.0.5:7071", "--listen 10.0.0.5:7071: not tcp://, an IPv4 address of this host by its number, and a port")]
    [TestCase("up --listen tcp://[::1]:7071", "--listen tcp://[::1]:7071: not tcp://, an IPv4 address")]
    [TestCase("up --listen tcp://10.0.0.5", "--listen tcp://10.0.0.5: not tcp://")]
    [TestCase("up --listen tcp://10.0.0.5:70710", "--listen tcp://10.0.0.5:70710: not tcp://")]
    [TestCase("up --listen tcp://example.org:7071", "example.org: no IPv4 address of this host")]
    [TestCase("up --listen tcp://*:7071", "--listen tcp://*:7071: other hosts have to be told which address of this one")]
    public async Task What_cannot_be_read_is_told(string args, string problem)
    {
        var program = TestProgram.WithoutOwn;
        program.Cluster.IsUp = false;

        Assert.That(await program.RunAsync(args.Split(' ')), Is.EqualTo(ExitCode.Usage));
        Assert.That(program.Error, Does.StartWith($"error: {problem}"));
        Assert.That(program.Cluster.Joined, Is.Empty);
    }

    [TestCase("tcp://10.0.0.5:7071", null, "tcp://10.0.0.5:7071", "10.0.0.5")]
    [TestCase("tcp://localhost:0", null, "tcp://127.0.0.1:*", "127.0.0.1")]
    [TestCase("tcp://*:7071", "10.0.0.5", "tcp://*:7071", "10.0.0.5")]
    [TestCase("tcp://0.0.0.0:*", "10.0.0.5", "tcp://0.0.0.0:*", "10.0.0.5")]
    public async Task Up_listens_for_other_hosts_where_it_is_told_to(string listen, string? host, string endpoint, string address)
    {
        var program = TestProgram.WithoutOwn;
        program.Cluster.IsUp = false;

        string[] args = ["up", "--detach", "--listen", listen, .. host is null ? Array.Empty<string>() : ["--host", host]];
        Assert.That(await program.RunAsync(args), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Cluster.Started.Single().Listening, Is.EqualTo(new HostListening(endpoint, address)));
    }
}
