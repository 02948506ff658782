using Microsoft.Extensions.Logging.Abstractions;

namespace Topology.Cli.Tests;

public sealed class RunViewTests
{
    [Test]
    public async Task Lines_of_rates_come_every_five_seconds_and_stop_with_therun()
    {
        var time = new ManualTime();
        await using var run = new ScriptedRun(Sample.Plan, NullLoggerFactory.Instance);
        var console = new TestConsole();
        var end = new TaskCompletionSource();
        var view = new LineRunView(new StatusLines(console.Error), time).FollowAsync(run, end.Task);
        run.Metrics = Sample.Metrics(Sample.Plan, TimeSpan.FromSeconds(5), c => c with { Emitted = 5000, Executed = 50, Pending = 7, QueueDepth = 8, Failed = c.Id == "count" ? 3 : 0 });
        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.That(console.ErrorText.ToString(), Is.EqualTo("running lines: 3 components, 5 tasks\n"));
        await time.TickAsync(TimeSpan.FromSeconds(0.1));
        end.SetResult();
        await view;

        Assert.That(console.ErrorText.ToString().Split('\n')[1], Is.EqualTo(
            "5 s active: lines emits 1k/s, 7 pending; split executes 10/s, 8 queued; count executes 10/s, 8 queued, 3 failed"));
    }

    [Test]
    public async Task The_live_table_shows_rates_and_is_gone_in_the_end()
    {
        var time = new ManualTime();
        await using var run = new ScriptedRun(Sample.Plan, NullLoggerFactory.Instance);
        var console = new TestConsole { IsErrorTerminal = true };
        var lines = new StatusLines(console.Error);
        var end = new TaskCompletionSource();
        var view = new LiveRunView(console, lines, time, takesUserOutput: true).FollowAsync(run, end.Task);
        run.Metrics = Sample.Metrics(Sample.Plan, TimeSpan.FromSeconds(1), c => c with { Emitted = 1234 });
        for (var tick = 0; tick < 5; tick++) await time.TickAsync(TimeSpan.FromSeconds(0.2));
        lines.Write("news");
        console.UserOutput.WriteLine("printed by a bolt");
        await time.TickAsync(TimeSpan.FromSeconds(0.2));
        end.SetResult();
        await view;

        var text = console.ErrorText.ToString();
        Assert.That(text, Does.Match(@"lines +spout +1 +1\.23k"));
        Assert.That(text, Does.Contain("\e[5A\r\e[Jnews\nlines  active").And.Contain("\e[5A\r\e[Jprinted by a bolt\nlines  active"), "above the table");
        Assert.That(text, Does.EndWith("\e[5A\r\e[J"));
        Assert.That(console.UserOutput, Is.SameAs(TextWriter.Null));
        lines.Write("later");
        Assert.That(console.ErrorText.ToString(), Does.EndWith("\e[Jlater\n"));
    }

    [Test]
    public async Task User_output_that_goes_elsewhere_is_left_alone()
    {
        await using var run = new ScriptedRun(Sample.Plan, NullLoggerFactory.Instance);
        var console = new TestConsole { IsErrorTerminal = true };
        var view = new LiveRunView(console, new StatusLines(console.Error), new ManualTime(), takesUserOutput: false).FollowAsync(run, new TaskCompletionSource().Task);

        Assert.That(console.UserOutput, Is.SameAs(TextWriter.Null));
        Assert.That(view.IsCompleted, Is.False);
    }
}
