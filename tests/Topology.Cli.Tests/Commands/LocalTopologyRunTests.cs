using System.Text.Json;

namespace Topology.Cli.Tests;

/// <summary>Runs in the real engine.</summary>
public sealed class LocalTopologyRunTests
{
    private const string Numbers = nameof(NumbersTopology);

    [Test]
    public async Task A_run_ends_by_itself_and_tells_what_it_did()
    {
        var program = new TestProgram { UsesEngine = true };

        Assert.That(await program.RunAsync("run", Numbers, "--set", "count=1000", "-o", "json"), Is.EqualTo(ExitCode.Success));
        using var document = JsonDocument.Parse(program.Out);
        var root = document.RootElement;
        Assert.That(root.GetProperty("state").GetString(), Is.EqualTo("completed"));
        Assert.That(root.GetProperty("lossless").GetBoolean());
        Assert.That(Component(root, "numbers").GetProperty("acked").GetInt64(), Is.EqualTo(1000));
        Assert.That(Component(root, "check").GetProperty("executed").GetInt64(), Is.EqualTo(1000));
    }

    [Test]
    public async Task A_record_given_up_without_a_consumer_is_lost_and_the_exit_code_says_so()
    {
        var program = new TestProgram { UsesEngine = true };

        Assert.That(await program.RunAsync("run", Numbers, "--set", "bad=7", "--quiet"), Is.EqualTo(ExitCode.Lost));
        Assert.That(program.Out, Does.Match(@"(?m)^numbers +100 ").And.EndsWith("lost: 1 given up or dropped without a consumer\n"));
        Assert.That(program.Error, Does.Contain("warn check: met 7\n"));
        Assert.That(program.Error, Does.Match(@"1 error:\n  \d\d:\d\d:\d\d check\[\d\] Execute on .*: InvalidOperationException: 7 is bad\n"));
    }

    [Test]
    public async Task A_topology_that_an_error_stops_has_failed()
    {
        var program = new TestProgram { UsesEngine = true };

        Assert.That(await program.RunAsync("run", Numbers, "--set", "bad=7", "--set", "stops=true", "--quiet"), Is.EqualTo(ExitCode.Failed));
        Assert.That(program.Error, Does.Contain("error: numbers failed: ").And.Contains("7 is bad").And.Not.Contains("   at "));
    }

    [Test]
    public async Task An_interrupt_drains_without_loss()
    {
        var program = new TestProgram { UsesEngine = true };
        var exit = program.RunAsync("run", Numbers, "--set", "count=2000000000", "--quiet");
        program.Console.Interrupt();

        Assert.That(await exit, Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out, Does.StartWith("numbers stopped after ").And.EndsWith("nothing was lost\n"));
    }

    private static JsonElement Component(JsonElement root, string id) =>
        root.GetProperty("components").EnumerateArray().Single(c => c.GetProperty("id").GetString() == id);
}
