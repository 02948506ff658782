using FsCheck;
using FsCheck.Fluent;

namespace Topology.Engine.Tests;

public sealed class CompletionBatchTests
{
    [Test]
    public void The_runs_of_a_batch_are_the_roots_that_were_added_in_their_order() =>
        Prop.ForAll(Gen.Choose(0, 20).ListOf().ToArbitrary(), steps =>
        {
            // Mostly the next root, now and then a leap.
            ulong next = 100;
            ulong[] roots = [.. steps.Select(step => step < 15 ? next++ : next += (ulong)step - 17)];
            var batch = new CompletionBatch();
            foreach (var root in roots) batch.AddAcked(root);
            return Expand(batch).SequenceEqual(roots) && batch.IsEmpty == (roots.Length == 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Test]
    public void It_grows_as_needed_and_is_empty_when_cleared()
    {
        var batch = new CompletionBatch();
        for (var i = 0; i < 2_000; i++) batch.AddAcked((ulong)(2 * i));
        batch.Failed.Add(new AckMessage(1, 2));
        Assert.That(Expand(batch), Is.EqualTo(Enumerable.Range(0, 2_000).Select(i => (ulong)(2 * i))));
        batch.Clear();
        Assert.That(batch.IsEmpty, Is.True);
        Assert.That((batch.Acked.Length, batch.Failed.Count), Is.EqualTo((0, 0)));
    }

    private static List<ulong> Expand(CompletionBatch batch)
    {
        var roots = new List<ulong>();
        foreach (var run in batch.Acked)
            for (var i = 0UL; i < run.Value; i++) roots.Add(run.Root + i);
        return roots;
    }
}
