namespace Topology.Cli.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LinesAboveTests
{
    private readonly List<string> _written = [];

    [Test]
    public void Whole_lines_are_handed_on_at_a_flush()
    {
        using var writer = new LinesAbove(_written.Add);
        writer.Write("one\ntw");
        writer.Write('o');
        Assert.That(_written, Is.Empty);
        writer.Flush();
        Assert.That(_written, Is.EqualTo(["one\n"]));
        writer.WriteLine(" halves");
        writer.Flush();

        Assert.That(_written, Is.EqualTo(["one\n", "two halves\n"]));
    }

    [Test]
    public void The_rest_comes_at_the_end()
    {
        using (var writer = new LinesAbove(_written.Add)) writer.Write("no line end");

        Assert.That(_written, Is.EqualTo(["no line end\n"]));
    }

    [Test]
    public void Much_text_does_not_wait_for_a_flush()
    {
        using var writer = new LinesAbove(_written.Add);
        for (var i = 0; i < 10_000; i++) writer.WriteLine("a line of thirty characters ..");

        Assert.That(_written, Has.Count.GreaterThan(2).And.All.Length.LessThan(70_000));
    }
}
