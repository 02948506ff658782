using System.Text.Json;

namespace Topology.Cli.Tests;

public sealed class TopCommandTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Test]
    public async Task A_piped_top_prints_a_block_each_second_until_the_topology_has_ended()
    {
        var program = Program(new TestConsole(), out var state);
        var end = program.RunAsync("top", "wordcount");
        await program.Time.TickAsync(Second);
        state.Value = "completed";
        program.Time.Advance(Second);

        Assert.That(await end, Is.EqualTo(ExitCode.Success));
        var blocks = program.Out.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.That(blocks.Select(b => b.Split('\n')[0]), Is.EqualTo(["wordcount  active  1 worker  50 MiB", "wordcount  completed  1 worker  50 MiB"]));
        Assert.That(blocks[0], Does.Match(@"lines +1 +1k +- +0 +4 +0% +- +4\.56ms\n").And.Match(@"split +2 +2k +1k +1k +0 +88% +17 +12\.3µs"));
        Assert.That(program.Out, Does.Not.Contain("\e"));
        Assert.That(program.Error, Is.Empty);
    }

    [Test]
    public async Task A_first_look_has_no_rates_to_show()
    {
        var program = Program(new TestConsole { IsOutTerminal = true, IsErrorTerminal = true, Width = 100 }, out _);
        var end = program.RunAsync("top", "wordcount");
        await program.Time.TickAsync(Second);
        program.Console.Press('q');

        Assert.That(await end, Is.EqualTo(ExitCode.Success));
        var looks = program.Error.Split("\e[4A");
        Assert.That(looks[0], Does.Match(@"lines +1 +- +- +- +4 ").And.Match(@"split +2 +- +- +- +0 "));
        Assert.That(looks[1], Does.Match(@"lines +1 +1k +- +0 +4 "));
    }

    [TestCase("--once")]
    [TestCase("-ojson")]
    [TestCase("-oname")]
    public async Task One_block_is_enough_where_one_is_asked_for(string option)
    {
        var program = Program(new TestConsole(), out _);
        var end = program.RunAsync("top", "wordcount", option);
        program.Time.Advance(Second);

        Assert.That(await end, Is.EqualTo(ExitCode.Success));
        if (option == "-oname") Assert.That(program.Out, Is.EqualTo("lines\nsplit\n"));
        if (option == "-ojson") Assert.That(JsonDocument.Parse(program.Out).RootElement.GetProperty("components")[1].GetProperty("executedPerSecond").GetDouble(), Is.EqualTo(1_000));
    }

    [Test]
    public async Task Lines_of_json_come_each_second()
    {
        var program = Program(new TestConsole(), out _);
        var end = program.RunAsync("top", "wordcount", "-o", "jsonl");
        await program.Time.TickAsync(Second);
        await program.Time.TickAsync(Second);
        program.Console.Interrupt();

        Assert.That(await end, Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out.TrimEnd().Split('\n').Select(l => JsonDocument.Parse(l).RootElement.GetProperty("at").GetDateTimeOffset().ToUnixTimeSeconds()), Is.EqualTo([1, 2]));
    }

    [TestCase(40)]
    [TestCase(100)]
    public async Task On_a_terminal_the_table_stays_in_its_place_until_q(int width)
    {
        var program = Program(new TestConsole { IsOutTerminal = true, IsErrorTerminal = true, Width = width }, out _);
        var end = program.RunAsync("top", "wordcount");
        await program.Time.TickAsync(Second);
        program.Console.Press('x');
        Assert.That(end.IsCompleted, Is.False);
        program.Console.Press('q');

        Assert.That(await end, Is.EqualTo(ExitCode.Success));
        Assert.That(program.Error, Does.Contain("\e[4A\r\e[J").And.Contain("wordcount  active  1 worker"));
        var lines = System.Text.RegularExpressions.Regex.Replace(program.Error, "\e\\[[0-9;]*[a-zA-Z]|\r", "").Split('\n');
        Assert.That(lines.Max(l => l.Length), Is.LessThanOrEqualTo(width));
        Assert.That(program.Error, Does.EndWith("\n").And.Not.EndsWith("\e[J"), "the last table stays");
        Assert.That(program.Out, Is.Empty);
    }

    private static TestProgram Program(TestConsole console, out System.Runtime.CompilerServices.StrongBox<string> state)
    {
        var program = new TestProgram { Own = null, Console = console };
        var (now, emitted) = (state = new("active"), 0L);
        program.Service.OnDescribe = _ => ClusterSample.Description(state: now.Value!, emitted: emitted += 1_000);
        return program;
    }
}
