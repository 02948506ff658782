using Topology.Cluster;

namespace Topology.Cli.Tests;

public sealed class UpDownCommandTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    [Test]
    public async Task A_detached_daemon_is_started_and_resumes_what_was_drained()
    {
        var program = TestProgram.WithoutOwn;
        program.Cluster.IsUp = false;
        program.Service.Topologies.Add(ClusterSample.Summary("wordcount"));

        Assert.That(await program.RunAsync("up", "--detach", "--data", "/d", "--address", "http://127.0.0.1:8080", "--slots", "3"), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Cluster.Started, Is.EqualTo([new DaemonRequest("/d", new Uri("http://127.0.0.1:8080"), 3)]));
        Assert.That(program.Cluster.Connections.Last(), Is.EqualTo((new Uri("http://127.0.0.1:8080"), "/d/token")));
        Assert.That(program.Service.Commands, Is.EqualTo([new TopologyCommand.ResumeAll()]));
        Assert.That(program.Out, Is.EqualTo("http://127.0.0.1:8080/\n"));
        Assert.That(program.Error, Is.EqualTo("topology is up (process 4711, data in /d, 1 topology)\n"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_daemon_in_the_foreground_ends_at_an_interrupt(bool isTerminal)
    {
        var program = new TestProgram { Own = null, Console = new TestConsole { IsErrorTerminal = isTerminal } };
        program.Cluster.IsUp = false;
        var end = program.RunAsync("up");
        Assert.That(end.IsCompleted, Is.False);
        program.Console.Interrupt();

        Assert.That(await end, Is.EqualTo(ExitCode.Success));
        Assert.That(program.Cluster.Ran, Is.EqualTo([new DaemonRequest("/default/data", null, null)]));
        Assert.That(program.Service.Commands, Is.EqualTo([new TopologyCommand.ResumeAll()]));
        // A terminal shows ^C where the cursor is.
        Assert.That(program.Error, Does.EndWith($"next one{(isTerminal ? "\n" : "")}\nthe daemon has ended; workers go on, and are taken over by the next one\n"));
    }

    [Test]
    public async Task A_detached_up_is_content_with_a_daemon_that_is_up()
    {
        var program = WithDaemon();

        Assert.That(await program.RunAsync("up", "--detach"), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Cluster.Started, Is.Empty);
        Assert.That(program.Error, Does.StartWith("topology is up already (process 99"));
    }

    [TestCase("up")]
    [TestCase("up --detach --slots 3")]
    [TestCase("up --detach --address http://127.0.0.1:9999")]
    public async Task A_second_daemon_of_a_directory_is_a_conflict(string args)
    {
        var program = WithDaemon();

        Assert.That(await program.RunAsync(args.Split(' ')), Is.EqualTo(ExitCode.Conflict));
        Assert.That(program.Error, Does.StartWith("error: a daemon of /default/data is up already, at http://127.0.0.1:7171/ (process 99)\n  try: topology down"));
        Assert.That(program.Cluster.Started, Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Down_drains_all_waits_and_ends_the_daemon(bool isTerminal)
    {
        var program = new TestProgram { Own = null, Console = new TestConsole { IsErrorTerminal = isTerminal } };
        program.Service.Topologies.Add(ClusterSample.Summary("wordcount", "draining"));
        program.Service.Topologies.Add(ClusterSample.Summary("resting", "inactive"));
        program.Service.Topologies.Add(ClusterSample.Summary("old", "killed"));
        var end = program.RunAsync("down", "--wait", "1m");
        await program.Time.TickAsync(Period);
        Assert.That(program.Service.IsStopped, Is.False);
        program.Service.Topologies[0] = ClusterSample.Summary("wordcount", "inactive", "drained");
        program.Time.Advance(Period);

        Assert.That(await end, Is.EqualTo(ExitCode.Success));
        Assert.That(program.Service.Commands, Is.EqualTo([new TopologyCommand.DrainAll(TimeSpan.FromMinutes(1))]));
        Assert.That(program.Service.IsStopped);
        Assert.That(program.Error, isTerminal ? Does.Contain("draining: wordcount (draining)\n\e[1A\r\e[J").And.EndsWith("the daemon has ended\n") : Is.EqualTo("draining: wordcount (draining)\nthe daemon has ended\n"));
    }

    [Test]
    public async Task Down_says_what_did_not_drain_and_ends_the_daemon_all_the_same()
    {
        var program = TestProgram.WithoutOwn;
        program.Service.Topologies.Add(ClusterSample.Summary("wordcount", "draining"));
        var end = program.RunAsync("down", "--wait", "1s");
        await program.Time.TickAsync(Period);
        await program.Time.TickAsync(Period);
        program.Service.Topologies[0] = ClusterSample.Summary("wordcount", "inactive", "drained");
        program.Time.Advance(Period);

        Assert.That(await end, Is.EqualTo(ExitCode.WaitedTooLong));
        Assert.That(program.Error, Does.Contain("error: wordcount did not drain in time: what was in flight was cut short\n"));
        Assert.That(program.Service.IsStopped);
    }

    [Test]
    public async Task An_interrupt_of_down_leaves_the_daemon_up()
    {
        var program = TestProgram.WithoutOwn;
        program.Service.Topologies.Add(ClusterSample.Summary("wordcount", "draining"));
        var end = program.RunAsync("down");
        await program.Time.TickAsync(Period);
        program.Console.Interrupt();

        Assert.That(await end, Is.EqualTo(ExitCode.Interrupted));
        Assert.That(program.Service.IsStopped, Is.False);
        Assert.That(program.Error, Does.EndWith("draining goes on, and the daemon stays up; to end it: topology down\n"));
    }

    [Test]
    public async Task Down_of_a_daemon_that_is_not_up_says_so()
    {
        var program = TestProgram.WithoutOwn;
        program.Service.Problem = new ClusterException(ClusterProblem.Unreachable, "no daemon answers at http://127.0.0.1:7070/");

        Assert.That(await program.RunAsync("down"), Is.EqualTo(ExitCode.Unreachable));
    }

    private static TestProgram WithDaemon()
    {
        var program = TestProgram.WithoutOwn;
        program.Cluster.Notices["/default/data"] = new DaemonNotice(new Uri("http://127.0.0.1:7171"), 99, true, "/default/data/daemon.json");
        return program;
    }
}
