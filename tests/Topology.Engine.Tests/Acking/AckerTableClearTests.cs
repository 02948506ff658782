namespace Topology.Engine.Tests;

public sealed class AckerTableClearTests
{
    private const ulong First = 1000;
    private const ulong Restart = 1UL << 40;

    [Test]
    public void Trees_up_to_the_last_are_forgotten()
    {
        var table = new AckerTable(8, First);
        table.Init(First, 1, 0, out _, out _);
        table.Init(First + 1, 1, 0, out _, out _);

        table.Clear(First + 1);

        Assert.That(table.Open, Is.Zero);
        Assert.That(table.Ack(First, 1), Is.False);
        Assert.That(table.Late, Is.EqualTo(1));
    }

    [Test]
    public void An_ack_of_a_newer_tree_that_came_first_counts()
    {
        var table = new AckerTable(8, First);
        table.Init(First, 1, 0, out _, out _);
        table.Ack(First + Restart + 1, 7);

        table.Clear(First);

        Assert.That(table.Init(First + Restart + 1, 7, 0, out _, out _), Is.True, "complete with its init");
    }
}
