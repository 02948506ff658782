using System.Collections.Concurrent;
using Topology.Cluster;
using Topology.Testing;

namespace Topology.Web.Tests;

public sealed class DaemonStarterTests : DaemonFixture
{
    private int _started;

    private DaemonStarterOptions Options => new()
    {
        DataDirectory = Data,
        Program = log => Child(log, Program.Daemon, Data),
        Launch = start =>
        {
            Interlocked.Increment(ref _started);
            return Launch(start);
        },
    };

    [SetUp]
    public void Forget() => _started = 0;

    [Test]
    public async Task Ten_programs_that_start_a_daemon_at_once_find_the_same_one()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => DaemonStarter.StartAsync(Options)))).WaitAsync(Limit);
        var daemon = DaemonFile.Read(Data)!;

        foreach (var client in clients)
        {
            Assert.That((await client.InfoAsync()).Pid, Is.EqualTo(daemon.Process.Id));
            client.Dispose();
        }

        // Else nobody has lost the race, and nothing was tested.
        Assert.That(_started, Is.GreaterThan(1));
        Assert.That(File.GetUnixFileMode(Data), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Test]
    public async Task A_daemon_that_is_there_is_found_and_none_is_started()
    {
        using var first = await DaemonStarter.StartAsync(Options).WaitAsync(Limit);
        using var second = await DaemonStarter.StartAsync(Options, new Unwanted()).WaitAsync(Limit);

        Assert.That(second.Url, Is.EqualTo(first.Url));
        Assert.That(_started, Is.EqualTo(1));
    }

    [Test]
    public async Task A_daemon_lives_on_in_a_session_of_its_own()
    {
        using var client = await DaemonStarter.StartAsync(Options).WaitAsync(Limit);
        var daemon = DaemonFile.Read(Data)!;

        // proc(5): the name in parentheses, then state, parent, group and session.
        var stat = (await File.ReadAllTextAsync($"/proc/{daemon.Process.Id}/stat")).Split(") ")[^1].Split(' ');
        Assert.That(stat[3], Is.EqualTo($"{daemon.Process.Id}"));
    }

    [Test]
    public async Task A_killed_daemon_is_not_waited_for()
    {
        using (await DaemonStarter.StartAsync(Options).WaitAsync(Limit))
        {
            var killed = DaemonFile.Read(Data)!.Process;
            await WatchedProcess.Adopt(killed).KillAsync().WaitAsync(Limit);
            Assert.That(File.Exists(DaemonFile.PathIn(Data)), Is.True, "It had no time to take it back.");

            using var client = await DaemonStarter.StartAsync(Options).WaitAsync(Limit);

            Assert.That((await client.InfoAsync()).Pid, Is.Not.EqualTo(killed.Id));
        }
    }

    [Test]
    public async Task A_daemon_is_started_once_the_one_that_had_the_directory_is_gone()
    {
        var directory = DataDirectory.Open(Data);
        var said = new ConcurrentQueue<string>();
        var lost = new TaskCompletionSource();
        var progress = new Told(text =>
        {
            said.Enqueue(text);
            if (text.StartsWith("Another", StringComparison.Ordinal)) lost.TrySetResult();
        });

        var starting = DaemonStarter.StartAsync(Options with { RetryAfter = TimeSpan.Zero }, progress);
        await Task.WhenAny(lost.Task, starting).WaitAsync(Limit);
        Assert.That(starting.IsCompleted, Is.False);
        directory.Dispose();

        using var client = await starting.WaitAsync(Limit);
        Assert.That(said, Has.Count.GreaterThan(2));
    }

    [Test]
    public async Task The_end_of_its_log_says_why_it_did_not_start()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(DaemonLog.FileIn(Data), "Something older.\n");
        var options = Options with { Program = log => Child(log, Program.Fail, "7") };

        var error = (await Assert.ThrowsAsync<ClusterException>(() => DaemonStarter.StartAsync(options).WaitAsync(Limit)))!;

        Assert.That(error.Problem, Is.EqualTo(ClusterProblem.Failed));
        Assert.That(error.Message, Does.Contain("exit code 7").And.Contain("daemon.000001.log").And.Contain("It cannot be.").And.Not.Contain("older"));
    }

    [Test]
    public async Task It_does_not_wait_for_ever()
    {
        var time = new ManualTime();
        var lost = new TaskCompletionSource();
        using var directory = DataDirectory.Open(Data);
        var progress = new Told(text =>
        {
            if (text.StartsWith("Another", StringComparison.Ordinal)) lost.TrySetResult();
        });
        var starting = DaemonStarter.StartAsync(Options with { Time = time, RetryAfter = TimeSpan.FromHours(1) }, progress);
        await Task.WhenAny(lost.Task, starting).WaitAsync(Limit);

        // From here on it waits for the clock alone.
        while (!starting.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var error = (await Assert.ThrowsAsync<ClusterException>(() => starting))!;
        Assert.That(error.Message, Does.Contain("60 s").And.Contain("daemon.000001.log"));
    }

    [Test]
    public async Task Nothing_of_the_web_server_is_loaded_to_ask_a_daemon()
    {
        using var client = await DaemonStarter.StartAsync(Options).WaitAsync(Limit);

        var exit = await Start(Program.Ask, Data).Exited.WaitAsync(Limit);

        var loaded = await File.ReadAllLinesAsync(Temporary.PathOf("log"));
        Assert.That(exit.Code, Is.Zero);
        Assert.That(loaded, Does.Contain("Topology.Web"));
        Assert.That(loaded.Where(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)), Is.Empty);
    }

    private sealed class Told(Action<string> told) : IProgress<string>
    {
        public void Report(string value) => told(value);
    }

    private sealed class Unwanted : IProgress<string>
    {
        public void Report(string value) => throw new AssertionException(value);
    }
}
