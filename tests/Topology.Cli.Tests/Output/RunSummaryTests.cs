using System.Collections.Immutable;
using Topology.Engine;

namespace Topology.Cli.Tests;

public sealed class RunSummaryTests
{
    private static readonly RunResult Result = Sample.Result(Sample.Plan, RunState.Completed, c => c.Id switch
    {
        "lines" => c with
        {
            Emitted = 1_000_000,
            Transferred = 1_000_000,
            Acked = 999_988,
            Failed = 12,
            FailedByReason = ImmutableSortedDictionary<FailKind, long>.Empty.Add(FailKind.Timeout, 10).Add(FailKind.BoltError, 2),
            CompleteLatency = new LatencySummary(1, 1, 850, 12_300, 1),
        },
        "split" => c with { Emitted = 9_000_000, Transferred = 9_000_000, Executed = 1_000_000, Acked = 1_000_000, ExecuteLatency = new LatencySummary(1, 1, 0.25, 1.5, 1) },
        _ => c with { Executed = 9_000_000, Acked = 9_000_000 },
    });

    [Test]
    public void The_summary_tells_every_counter_and_ends_with_what_was_lost()
    {
        var console = new TestConsole();
        RunSummary.Write(Sample.Plan, Result, console);

        Assert.That(console.OutText.ToString(), Is.EqualTo("""
            lines completed after 2 s

            component    emitted  transferred   executed      acked  failed  execute  execute  complete  complete
                                                                                 p50      p99       p50       p99
            lines      1,000,000    1,000,000          -    999,988      12        -        -     850µs    12.3ms
            split      9,000,000    9,000,000  1,000,000  1,000,000       0    250ns    1.5µs         -         -
            count              0            0  9,000,000  9,000,000       0        -        -         -         -

            failed in lines: 10 timeout, 2 bolt error
            1,000,000 tuples from spouts (500k/s), 10,000,000 executed by bolts (5M/s)
            nothing was lost

            """));
    }

    [Test]
    public void On_a_terminal_it_fits_with_shorter_numbers()
    {
        var console = new TestConsole { IsOutTerminal = true, Width = 80 };
        RunSummary.Write(Sample.Plan, Result, console);
        var lines = console.OutText.ToString().Split('\n');

        Assert.That(lines[2..7].Select(WithoutCodes), Has.All.Length.LessThanOrEqualTo(80));
        Assert.That(lines[5], Does.StartWith("split").And.Contains("9M"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Colours_are_for_terminals_that_want_them(bool usesColor)
    {
        var terminal = new TestConsole { IsErrorTerminal = true, UsesColor = usesColor };
        var lines = SpectreConsole.Lines(new Spectre.Console.Text("x", new Spectre.Console.Style(Spectre.Console.Color.Green)), isTerminal: true, terminal);

        Assert.That(lines.Single(), usesColor ? Is.EqualTo("\e[32mx\e[0m") : Is.EqualTo("x"));
    }

    [Test]
    public void The_last_line_says_what_was_lost()
    {
        var lost = Sample.Result(Sample.Plan, RunState.Stopped, c => c.Id == "lines" ? c with { Lost = 1234 } : c) with { Dropped = 5 };

        Assert.That(RunSummary.Losses(Result), Is.EqualTo("nothing was lost"));
        Assert.That(RunSummary.Losses(lost), Is.EqualTo("lost: 1,234 given up or dropped without a consumer, 5 tuples dropped on their way when draining ran out of time"));
        Assert.That(RunSummary.Losses(Sample.Result(Sample.Plan, RunState.Failed)), Is.EqualTo("lost: what was on its way when the topology failed"));
    }

    [Test]
    public void Of_many_errors_the_newest_ten_are_shown()
    {
        var console = new TestConsole();
        var result = Sample.Result(Sample.Plan, RunState.Completed, c => c with { Errors = 1000 }) with { Errors = [.. Enumerable.Range(1, 15).Select(Sample.Error)] };
        RunSummary.WriteErrors("lines", result, new StatusLines(console.Error), debug: false);
        var lines = console.ErrorText.ToString().TrimEnd().Split('\n');

        Assert.That(lines[0], Is.EqualTo("3,000 errors, the newest recorded:"));
        Assert.That(lines, Has.Length.EqualTo(11));
        Assert.That(lines[1], Is.EqualTo("  00:00:06 split[3] Execute on ('a', 1): InvalidOperationException: error 6"));
        Assert.That(lines[^1], Does.EndWith("error 15"));
    }

    [Test]
    public void Without_errors_nothing_is_said()
    {
        var console = new TestConsole();
        RunSummary.WriteErrors("lines", Result, new StatusLines(console.Error), debug: true);

        Assert.That(console.ErrorText.ToString(), Is.Empty);
    }

    private static string WithoutCodes(string line) => System.Text.RegularExpressions.Regex.Replace(line, "\e\\[[0-9;]*m", "");
}
