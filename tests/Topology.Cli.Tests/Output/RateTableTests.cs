using Topology.Engine;

namespace Topology.Cli.Tests;

public sealed class RateTableTests
{
    [Test]
    public void The_largest_figures_fit_80_columns_whole() => Assert.That(RateTable.Of(Largest("count-the-words"), 80).FitsWhole);

    [TestCase(80)]
    [TestCase(60)]
    [TestCase(40)]
    [TestCase(30)]
    public void Every_line_fits_its_terminal(int width)
    {
        var table = RateTable.Of(Largest("a-component-with-quite-a-long-name"), width);
        var lines = SpectreConsole.Lines(table.Render(), isTerminal: false, new TestConsole());

        Assert.That(lines, Has.Length.EqualTo(4).And.All.Length.LessThanOrEqualTo(width));
        Assert.That(lines[0], Does.StartWith("component").Or.StartWith("compo…"));
        Assert.That(table.Headers, Is.SupersetOf(new[] { "component", "emit/s", "exec/s" }));
    }

    private static IReadOnlyList<ComponentRates> Largest(string id)
    {
        const long Many = 12_345_678_901;
        var latency = new LatencySummary(1, 1, 1, 12.3, 1);
        return ComponentRates.Between(
            Sample.Metrics(Sample.Plan, TimeSpan.Zero, c => c with { Id = id }),
            Sample.Metrics(Sample.Plan, TimeSpan.FromSeconds(1), c => c with
            {
                Id = id,
                Executors = 64,
                Emitted = Many,
                Executed = Many,
                Acked = Many,
                Failed = Many,
                Pending = 16_384,
                QueueDepth = Many,
                BusyNanoseconds = 1,
                ExecuteLatency = latency,
            }));
    }
}
