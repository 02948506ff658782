using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;

namespace Topology.Messaging.Tests;

public sealed class SpscRingTests
{
    [Test]
    public void Any_sequence_of_puts_and_takes_is_that_of_a_bounded_queue() =>
        Prop.ForAll(Gen.Choose(1, 20).ToArbitrary(), Gen.Choose(-9, 10).ListOf().ToArbitrary(), (capacity, steps) =>
        {
            var ring = new SpscRing<Numbered>(capacity);
            var model = new Queue<Numbered>();
            var rounded = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity);
            return steps.All(step => step > 0 ? Put(ring, model, rounded, step) : Take(ring, model, -step));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Test]
    public void Between_two_threads_nothing_is_lost_or_reordered([Values(1, 2, 64)] int capacity)
    {
        const int Items = 200_000;
        var ring = new SpscRing<Numbered>(capacity);
        TwoThreads.Run(
            () =>
            {
                for (var i = 0; i < Items; i++)
                {
                    var item = new Numbered { Number = i };
                    while (!ring.TryPut(item)) Thread.Yield();
                }
            },
            () =>
            {
                for (var i = 0; i < Items; i++)
                {
                    Numbered? item;
                    while ((item = ring.TryTake()) is null) Thread.Yield();
                    if (item.Number != i) Assert.Fail($"Took {item.Number} in place of {i}.");
                }
            });
        Assert.That(ring.TryTake(), Is.Null);
        Assert.That(ring.Count, Is.Zero);
    }

    [Test]
    public void A_taken_item_is_not_kept_alive()
    {
        var ring = new SpscRing<Numbered>(4);
        var item = PutAndTake(ring);
        GC.Collect();
        Assert.That(item.IsAlive, Is.False);
        Assert.That(ring.Count, Is.Zero);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference PutAndTake(SpscRing<Numbered> ring)
    {
        ring.TryPut(new Numbered());
        return new WeakReference(ring.TryTake());
    }

    private static bool Put(SpscRing<Numbered> ring, Queue<Numbered> model, int capacity, int items)
    {
        for (var i = 0; i < items; i++)
        {
            var item = new Numbered();
            var fits = model.Count < capacity;
            if (ring.TryPut(item) != fits) return false;
            if (fits) model.Enqueue(item);
        }

        return ring.Count == model.Count;
    }

    private static bool Take(SpscRing<Numbered> ring, Queue<Numbered> model, int items)
    {
        for (var i = 0; i <= items; i++)
        {
            model.TryDequeue(out var expected);
            if (!ReferenceEquals(ring.TryTake(), expected)) return false;
        }

        return ring.Count == model.Count;
    }
}
