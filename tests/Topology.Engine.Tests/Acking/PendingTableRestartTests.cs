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

    private static ulong[] Fill(PendingTable<int> pending)
    {
        var sequences = new ulong[pending.MaxPending];
        for (var i = 0; i < sequences.Length; i++) sequences[i] = pending.Add(i, 0);
        return sequences;
    }
}
