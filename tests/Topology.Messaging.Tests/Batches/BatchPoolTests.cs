namespace Topology.Messaging.Tests;

public sealed class BatchPoolTests
{
    [Test]
    public void A_batch_that_came_back_is_rented_again()
    {
        var pool = new BatchPool();
        var batch = pool.Rent();
        Assert.That(pool.Rent(), Is.Not.SameAs(batch));
        pool.Return(batch);
        Assert.That(pool.Rent(), Is.SameAs(batch));
    }

    [Test]
    public void Only_so_many_batches_are_kept()
    {
        var pool = new BatchPool();
        var batches = Enumerable.Range(0, 100).Select(_ => pool.Rent()).ToHashSet();
        foreach (var batch in batches) pool.Return(batch);
        var again = Enumerable.Range(0, 100).Count(_ => batches.Contains(pool.Rent()));
        Assert.That(again, Is.EqualTo(32));
    }
}
