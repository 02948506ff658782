using System.Text.Json;
using Microsoft.Extensions.Logging;
using Topology.Engine;

namespace Topology.Cli.Tests;

public sealed class RunCommandTests
{
    private const string Lines = nameof(LinesTopology);

    [TestCase(RunState.Completed, 0, 0, ExitCode.Success)]
    [TestCase(RunState.Stopped, 0, 0, ExitCode.Success)]
    [TestCase(RunState.Completed, 1, 0, ExitCode.Lost)]
    [TestCase(RunState.Stopped, 0, 1, ExitCode.Lost)]
    [TestCase(RunState.Failed, 0, 0, ExitCode.Failed)]
    [TestCase(RunState.Failed, 1, 1, ExitCode.Failed)]
    public async Task The_exit_code_says_how_the_run_ended(RunState state, int lost, int dropped, int exitCode)
    {
        var program = new TestProgram
        {
            OnStart = run => run.End(Sample.Result(run.Plan, state, c => c.Id == "lines" ? c with { Lost = lost } : c) with { Dropped = dropped }),
        };

        Assert.That(await program.RunAsync("run", Lines), Is.EqualTo(exitCode));
        Assert.That(program.Run!.IsDisposed);
    }

    [Test]
    public async Task A_failed_run_says_why_and_shows_the_stack_only_to_those_who_ask()
    {
        var silent = new TestProgram { OnStart = run => run.End(RunState.Failed) };
        var talkative = new TestProgram { OnStart = run => run.End(RunState.Failed) };
        await silent.RunAsync("run", Lines, "--quiet");
        await talkative.RunAsync("run", Lines, "--quiet", "--debug");

        Assert.That(silent.Error, Is.EqualTo("error: lines failed: TimeoutException: no answer\n  try: the same command with --debug, which shows stack traces\n"));
        Assert.That(talkative.Error, Does.Contain("System.TimeoutException: no answer"));
    }

    [Test]
    public async Task A_run_gets_its_name_settings_and_workers()
    {
        var program = new TestProgram();
        await program.RunAsync("run", Lines, "--name", "mine", "--set", "input=book.txt", "--workers", "3");

        Assert.That(program.Run!.Plan.Name, Is.EqualTo("mine"));
        Assert.That(program.Run.Plan.Settings["input"], Is.EqualTo("book.txt"));
        Assert.That(program.Run.Plan.Options.Workers, Is.EqualTo(3));
    }

    [Test]
    public async Task Json_is_all_that_standard_output_gets_whatever_bolts_print()
    {
        var console = new TestConsole();
        var program = new TestProgram
        {
            Console = console,
            OnStart = run =>
            {
                console.UserOutput.Write("printed by a bolt\n");
                run.End(RunState.Completed);
            },
        };

        Assert.That(await program.RunAsync("run", Lines, "-o", "json"), Is.EqualTo(ExitCode.Success));
        using var document = JsonDocument.Parse(program.Out);
        Assert.That(document.RootElement.GetProperty("name").GetString(), Is.EqualTo("lines"));
        Assert.That(program.Error, Does.Contain("printed by a bolt"));
        Assert.That(console.UserOutput, Is.SameAs(TextWriter.Null), "given back");
    }

    [Test]
    public async Task Warnings_of_the_plan_go_to_standard_error()
    {
        var program = new TestProgram();
        await program.RunAsync("run", nameof(WarnedTopology), "--quiet");

        Assert.That(program.Error, Does.StartWith("warning: ").And.Contains("lonely"));
        Assert.That(program.Out, Does.Not.Contain("warning"));
    }

    [TestCase(false, "warn split: two lines | of text: TimeoutException: late\n")]
    [TestCase(true, "info split: hello\nwarn split: two lines | of text\nSystem.TimeoutException: late\n")]
    public async Task Components_log_single_lines(bool debug, string expected)
    {
        var program = new TestProgram
        {
            OnStart = run =>
            {
                var logger = run.Loggers.CreateLogger("split");
                logger.LogInformation("hello");
                logger.LogWarning(new TimeoutException("late"), "two lines\nof text");
                run.End(RunState.Completed);
            },
        };
        await program.RunAsync(["run", Lines, "--quiet", .. debug ? ["--debug"] : Array.Empty<string>()]);

        Assert.That(program.Error, Is.EqualTo(expected));
    }

    [Test]
    public async Task The_first_interrupt_drains()
    {
        var program = new TestProgram { OnStart = run => run.OnStop = () => run.End(RunState.Stopped) };
        var exit = program.RunAsync("run", Lines, "--quiet");
        Assert.That(program.Run!.Stops, Is.Zero);
        program.Console.Interrupt();

        Assert.That(await exit, Is.EqualTo(ExitCode.Success));
        Assert.That(program.Error, Is.EqualTo("draining what is on its way; Ctrl-C again stops at once\n"));
        Assert.That(program.Out, Does.Contain("lines stopped after").And.EndsWith("nothing was lost\n"));
        Assert.That(program.Console.HandlesInterrupts, Is.False);
    }

    [Test]
    public async Task The_second_interrupt_stops_at_once_and_a_third_would_end_the_process()
    {
        var program = new TestProgram { OnStart = _ => { } };
        var exit = program.RunAsync("run", Lines, "--quiet");
        program.Console.Interrupt();
        program.Time.Advance(TimeSpan.FromSeconds(0.199));
        program.Console.Interrupt();
        Assert.That(exit.IsCompleted, Is.False, "it drains, since one Ctrl-C may come twice");
        program.Time.Advance(TimeSpan.FromSeconds(0.001));
        program.Console.Interrupt();
        Assert.That(program.Console.HandlesInterrupts, Is.False);

        Assert.That(await exit, Is.EqualTo(ExitCode.Interrupted));
        Assert.That(program.Run!, Has.Property("Stops").EqualTo(1).And.Property("IsDisposed").True);
        Assert.That(program.Error, Does.EndWith("stopping at once\n"));
    }

    [Test]
    public async Task A_run_with_a_time_drains_when_it_is_over_and_not_before()
    {
        var program = new TestProgram { OnStart = run => run.OnStop = () => run.End(RunState.Stopped) };
        var exit = program.RunAsync("run", Lines, "--quiet", "--for", "30s");
        program.Time.Advance(TimeSpan.FromSeconds(29.999));
        Assert.That(program.Run!.Stops, Is.Zero);
        program.Time.Advance(TimeSpan.FromSeconds(0.001));

        Assert.That(program.Run!.Stops, Is.EqualTo(1));
        Assert.That(await exit, Is.EqualTo(ExitCode.Success));
        Assert.That(program.Error, Is.EqualTo("after 30 s: draining what is on its way\n"));
    }

    [Test]
    public async Task A_time_longer_than_the_run_changes_nothing()
    {
        var program = new TestProgram();

        Assert.That(await program.RunAsync("run", Lines, "--quiet", "--for", "1h"), Is.EqualTo(ExitCode.Success));
        program.Time.Advance(TimeSpan.FromHours(2));
        Assert.That(program.Run!.Stops, Is.Zero);
    }

    [Test]
    public async Task A_plan_that_the_engine_refuses_is_invalid()
    {
        var program = new TestProgram { OnStart = _ => throw new TopologyException("too many tasks") };

        Assert.That(await program.RunAsync("run", Lines, "--quiet"), Is.EqualTo(ExitCode.Invalid));
        Assert.That(program.Error, Does.StartWith("error: too many tasks\n"));
    }
}
