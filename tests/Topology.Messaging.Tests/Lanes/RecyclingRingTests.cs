using FsCheck;
using FsCheck.Fluent;

namespace Topology.Messaging.Tests;

public sealed class RecyclingRingTests
{
    private enum Step
    {
        Put,
        TryPut,
        Flush,
        Take,
    }

    [Test]
    public void Any_sequence_of_steps_keeps_the_order_and_loses_nothing() =>
        Prop.ForAll(Gen.Elements(Enum.GetValues<Step>()).ListOf().ToArbitrary(), steps =>
        {
            const int Capacity = 4;
            var ring = new RecyclingRing<Numbered>(Capacity);
            var model = new Queue<int>();
            var waiting = 0;
            var next = 0;
            foreach (var step in steps)
            {
                switch (step)
                {
                    case Step.Put:
                        ring.Put(new Numbered { Number = next });
                        model.Enqueue(next++);
                        if (waiting > 0 || model.Count - waiting > Capacity) waiting++;
                        break;
                    case Step.TryPut:
                        var fits = waiting == 0 && model.Count < Capacity;
                        if (ring.TryPut(new Numbered { Number = next }) != fits) return false;
                        if (fits) model.Enqueue(next++);
                        break;
                    case Step.Flush:
                        waiting = Math.Max(0, model.Count - Capacity);
                        if (ring.TryFlush() != (waiting == 0)) return false;
                        break;
                    default:
                        var hasOne = model.Count > waiting;
                        var taken = ring.TryTake();
                        if (hasOne ? taken?.Number != model.Dequeue() : taken is not null) return false;
                        break;
                }

                if (ring.Count != model.Count - waiting) return false;
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Test]
    public void Between_two_threads_nothing_is_lost_reordered_or_used_twice()
    {
        const int Items = 100_000;
        var ring = new RecyclingRing<Numbered>(8);
        TwoThreads.Run(
            () =>
            {
                for (var i = 1; i <= Items; i++)
                {
                    var item = ring.Rent();
                    if (item.Number != 0) Assert.Fail("Rented an item that was not recycled.");
                    item.Number = i;
                    ring.Put(item);
                    if ((i & 63) == 0) while (!ring.TryFlush()) Thread.Yield();
                }

                while (!ring.TryFlush()) Thread.Yield();
            },
            () =>
            {
                for (var i = 1; i <= Items; i++)
                {
                    Numbered? item;
                    while ((item = ring.TryTake()) is null) Thread.Yield();
                    if (item.Number != i) Assert.Fail($"Took {item.Number} in place of {i}.");
                    item.Number = 0;
                    ring.Recycle(item);
                }
            });
        Assert.That(ring.Count, Is.Zero);
    }

    [Test]
    public void A_recycled_item_is_the_next_one_rented()
    {
        var ring = new RecyclingRing<Numbered>(2);
        var item = ring.Rent();
        ring.Put(item);
        ring.Recycle(ring.TryTake()!);
        Assert.That(ring.Rent(), Is.SameAs(item));
        Assert.That(ring.Rent(), Is.Not.SameAs(item));
    }

    [Test]
    public void More_items_than_it_keeps_may_be_recycled()
    {
        var ring = new RecyclingRing<Numbered>(2);
        for (var i = 0; i < 5; i++) ring.Recycle(new Numbered());
        Assert.That(ring.Rent(), Is.Not.Null);
    }
}
