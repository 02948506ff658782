namespace Topology.Engine.Tests;

public sealed class RootIdTests
{
    [Test]
    public void A_root_holds_its_task_and_its_sequence([Values(1, 65_535)] int task, [Values(0UL, 1UL, RootId.SequenceMask)] ulong sequence)
    {
        var root = RootId.Of(task, sequence);
        Assert.That(RootId.Task(root), Is.EqualTo(task));
        Assert.That(root & RootId.SequenceMask, Is.EqualTo(sequence));
    }

    [Test]
    public void A_sequence_is_after_those_before_it_also_where_sequences_begin_anew([Values(5UL, RootId.SequenceMask, 0UL, 1UL << 47)] ulong sequence)
    {
        foreach (var distance in new[] { 1UL, 1UL << 40, (1UL << 47) - 1 })
        {
            var later = (sequence + distance) & RootId.SequenceMask;
            Assert.That(RootId.IsAfter(later, sequence), Is.True);
            Assert.That(RootId.IsAfter(sequence, later), Is.False);
        }

        Assert.That(RootId.IsAfter(sequence, sequence), Is.False);
    }
}
