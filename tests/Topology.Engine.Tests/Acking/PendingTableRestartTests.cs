namespace Topology.Engine.Tests;

public sealed class PendingTableRestartTests
{
    [TestCase(1)]
    [TestCase(4)]
    [TestCase(100)]
    [TestCase(200_000)]
    public void A_tree_of_before_a_restart_is_not_taken_for_one_in_its_slot(int maxPending)
    {
        var pending = new PendingTable<int>(maxPending, firstSequence: 12_345);
        var before = Fill(pending);

        pending.Restart();
        var after = Fill(pending);

        Assert.That(before.Select(sequence => pending.Remove(sequence, 0, out _, out _)), Has.None.True);
        Assert.That(before.Select(sequence => pending.TakeRun(sequence, maxPending, out _)), Is.All.Zero);
        Assert.That(pending.Count, Is.EqualTo(maxPending));
        Assert.That(after.Select(sequence => pending.Remove(sequence, 0, out _, out _)), Has.All.True);
    }

    [Test]
    public void All_that_is_pending_is_taken_in_the_order_in_which_it_was_added()
    {
        var pending = new PendingTable<int>(4, firstSequence: 3);
        var sequences = Enumerable.Range(0, 4).Select(number => pending.Add(number, 0)).ToArray();
        pending.Remove(sequences[0], 0, out _, out _);
        pending.Remove(sequences[2], 0, out _, out _);
        pending.Add(4, 0);
        Assert.That(pending.TakeAll(), Is.EqualTo(new[] { 1, 3, 4 }));
        pending.Restart();
        Assert.That(pending.TakeAll(), Is.Empty);
    }

    private static ulong[] Fill(PendingTable<int> pending)
    {
        var sequences = new ulong[pending.MaxPending];
        for (var i = 0; i < sequences.Length; i++) sequences[i] = pending.Add(i, 0);
        return sequences;
    }
}
