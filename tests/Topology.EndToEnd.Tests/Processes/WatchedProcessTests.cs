using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

public sealed class WatchedProcessTests : ProcessFixture
{
    [TestCase(0)]
    [TestCase(7)]
    [TestCase(255)]
    public async Task An_exit_code_is_told(int code)
    {
        var (process, line) = await StartChildAsync();
        await line.TellAsync($"exit {code}");

        Assert.That(await process.Exited.WaitAsync(Limit), Is.EqualTo(new ProcessExit { Code = code }));
        Assert.That(process.Identity.Life, Is.EqualTo(ProcessLife.Gone), "no zombie is left");
    }

    [Test]
    public async Task A_kill_is_seen_dead_and_named()
    {
        var (process, _) = await StartChildAsync();
        Assert.That(process.Identity.Life, Is.EqualTo(ProcessLife.Alive));

        var exit = await process.KillAsync().WaitAsync(Limit);

        Assert.That(exit, Is.EqualTo(new ProcessExit { Signal = 9 }));
        Assert.That(exit.ToString(), Does.Contain("SIGKILL").And.Contain("memory"));
        Assert.That(process.Identity.Life, Is.EqualTo(ProcessLife.Gone));
        Assert.That(process.Send(ProcessSignal.Kill), Is.False);
    }

    [Test]
    public async Task A_stopped_process_can_be_killed()
    {
        var (process, _) = await StartChildAsync();
        Assert.That(process.Send(ProcessSignal.Stop), Is.True);

        Assert.That((await process.KillAsync().WaitAsync(Limit)).Signal, Is.EqualTo(9));
    }

    [Test]
    public async Task A_stopped_process_is_alive_and_goes_on()
    {
        var (process, line) = await StartChildAsync();
        process.Send(ProcessSignal.Stop);

        Assert.That(process.Identity.Life, Is.EqualTo(ProcessLife.Alive), "it may wake and write");
        Assert.That(process.Send(ProcessSignal.Continue), Is.True);
        Assert.That(await line.AskAsync("print on"), Is.EqualTo("printed"));
    }

    [Test]
    public async Task Who_obeys_ends_by_itself()
    {
        var (process, _) = await StartChildAsync();

        var exit = await process.EndAsync(Limit, TimeProvider.System).WaitAsync(Limit);

        Assert.That(exit.Signal, Is.EqualTo(15));
        Assert.That(exit.ToString(), Does.Contain("SIGTERM"));
    }

    [Test]
    public async Task Who_does_not_obey_is_killed_after_the_grace()
    {
        var (process, line) = await StartChildAsync();
        await line.AskAsync("ignore-term");
        Assert.That(process.Send(ProcessSignal.Terminate), Is.True);
        Assert.That(await line.AskAsync("print deaf"), Is.EqualTo("printed"));

        Assert.That((await process.EndAsync(TimeSpan.Zero, TimeProvider.System).WaitAsync(Limit)).Signal, Is.EqualTo(9));
    }

    [Test]
    public async Task A_zombie_counts_as_dead()
    {
        var (parent, line) = await StartChildAsync();
        var childLine = Listen();
        Assert.That(ProcessIdentity.TryParse(await line.AskAsync($"start {childLine.Path} {PathOf("log2")}"), out var identity), Is.True);
        var child = Keep(WatchedProcess.Adopt(identity));
        await childLine.ConnectAsync(Limit);

        // A parent that is halted waits for no child.
        parent.Send(ProcessSignal.Stop);
        await child.KillAsync().WaitAsync(Limit);

        Assert.That(identity.Life, Is.EqualTo(ProcessLife.Zombie));
        Assert.That(identity.Measure(), Is.Null);
        Assert.That(WatchedProcess.Adopt(identity).Exited.IsCompleted, Is.True);
        Assert.That(WatchedProcess.Adopt(identity).Send(ProcessSignal.Terminate), Is.False);
    }

    [Test]
    public async Task Another_process_of_the_same_id_is_not_it()
    {
        var (process, line) = await StartChildAsync();
        // As if the id had been another's a second before.
        var earlier = process.Identity with { StartTime = process.Identity.StartTime - 100 };

        Assert.That(earlier.Life, Is.EqualTo(ProcessLife.Gone));
        Assert.That(earlier.Measure(), Is.Null);
        var adopted = WatchedProcess.Adopt(earlier);
        Assert.That(adopted.Exited.IsCompleted, Is.True);
        Assert.That(adopted.Send(ProcessSignal.Kill), Is.False);
        await adopted.EndAsync(TimeSpan.Zero, TimeProvider.System).WaitAsync(Limit);
        Assert.That((process.Identity with { Boot = "another" }).Life, Is.EqualTo(ProcessLife.Gone));
        Assert.That(await line.AskAsync("print untouched"), Is.EqualTo("printed"));
    }

    [Test]
    public async Task What_a_killed_process_started_ends_with_it()
    {
        var (process, line) = await StartChildAsync();
        Assert.That(ProcessIdentity.TryParse(await line.AskAsync("helper"), out var helper), Is.True);
        var watched = Keep(WatchedProcess.Adopt(helper));
        Assert.That(helper.Life, Is.EqualTo(ProcessLife.Alive));

        await process.KillAsync().WaitAsync(Limit);

        await watched.Exited.WaitAsync(Limit);
        Assert.That(helper.Life, Is.Not.EqualTo(ProcessLife.Alive));
    }

    [Test]
    public async Task What_an_adopted_process_started_ends_with_its_kill()
    {
        var (parent, line) = await StartChildAsync();
        var childLine = Listen();
        Assert.That(ProcessIdentity.TryParse(await line.AskAsync($"start {childLine.Path} {PathOf("log2")}"), out var identity), Is.True);
        var child = Keep(WatchedProcess.Adopt(identity));
        await childLine.ConnectAsync(Limit);
        Assert.That(ProcessIdentity.TryParse(await childLine.AskAsync("helper"), out var helper), Is.True);
        var watched = Keep(WatchedProcess.Adopt(helper));
        // It would end what is left of its child's group when it sees that end.
        line.Hang();
        await parent.Exited.WaitAsync(Limit);

        await child.KillAsync().WaitAsync(Limit);

        await watched.Exited.WaitAsync(Limit);
    }

    [Test]
    public async Task What_a_process_left_behind_when_it_ended_ends_too()
    {
        var (process, line) = await StartChildAsync();
        Assert.That(ProcessIdentity.TryParse(await line.AskAsync("helper"), out var helper), Is.True);
        var watched = Keep(WatchedProcess.Adopt(helper));

        line.Hang();

        Assert.That((await process.Exited.WaitAsync(Limit)).Code, Is.Zero);
        await watched.Exited.WaitAsync(Limit);
    }

    [Test]
    public async Task A_kill_and_an_exit_at_the_same_time_are_one_end()
    {
        for (var i = 0; i < 50; i++)
        {
            var process = StartProgram("/bin/true");
            var first = Task.Run(process.KillAsync);
            var exit = await process.EndAsync(Limit, TimeProvider.System).WaitAsync(Limit);

            Assert.That(exit.Code == 0 || exit.Signal is 9 or 15, exit.ToString());
            Assert.That(await first.WaitAsync(Limit), Is.EqualTo(exit));
        }

        Assert.That(ProcFile.Children(), Is.Empty);
    }

    [Test]
    public async Task Memory_and_uptime_are_told_while_it_lives()
    {
        var (process, _) = await StartChildAsync();
        var usage = process.Identity.Measure()!.Value;

        Assert.That(usage.ResidentBytes, Is.InRange(1 << 20, 1L << 33));
        Assert.That(usage.Uptime, Is.InRange(TimeSpan.Zero, TimeSpan.FromHours(1)));
        Assert.That(usage.ProcessorTime, Is.LessThan(TimeSpan.FromHours(1)));
        await process.KillAsync().WaitAsync(Limit);
        Assert.That(process.Identity.Measure(), Is.Null);
    }

    [Test]
    public async Task Processes_that_others_started_by_other_means_are_left_to_them()
    {
        using var other = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/bin/sleep", ["3600"]))!;
        var adopted = Keep(WatchedProcess.Adopt(ProcessIdentity.Of(other.Id)!.Value));
        var ours = StartProgram("/bin/true");

        other.Kill();
        await adopted.Exited.WaitAsync(Limit);
        await other.WaitForExitAsync().WaitAsync(Limit);

        Assert.That(other.ExitCode, Is.EqualTo(137), "its status was not taken away");
        Assert.That((await ours.Exited.WaitAsync(Limit)).Code, Is.Zero, "nor was ours");
    }
}
