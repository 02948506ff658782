using FsCheck;
using FsCheck.Fluent;

namespace Topology.Messaging.Tests;

public sealed class MpscRingTests
{
    [Test]
    public void Any_sequence_of_puts_and_takes_is_that_of_a_bounded_queue() =>
        Prop.ForAll(Gen.Choose(1, 20).ToArbitrary(), Gen.Choose(-9, 10).ListOf().ToArbitrary(), (capacity, steps) =>
        {
            var ring = new MpscRing<Numbered>(capacity);
            var model = new Queue<Numbered>();
            var rounded = Math.Max(2, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity));
            return steps.All(step => step > 0 ? Put(ring, model, rounded, step) : Take(ring, model, -step)) && ring.IsEmpty == (model.Count == 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Test]
    public void From_many_threads_nothing_is_lost_and_each_ones_order_is_kept([Values(1, 8, 64)] int capacity)
    {
        const int Producers = 3, Items = 30_000;
        var ring = new MpscRing<Numbered>(capacity);
        void Produce(int producer)
        {
            for (var i = 0; i < Items; i++)
            {
                var item = new Numbered { Number = producer * Items + i };
                while (!ring.TryPut(item)) Thread.Yield();
            }
        }

        var next = new int[Producers];
        TwoThreads.Run(
            () => Parallel.For(0, Producers, new ParallelOptions { MaxDegreeOfParallelism = Producers }, Produce),
            () =>
            {
                for (var taken = 0; taken < Producers * Items;)
                {
                    if (ring.TryTake() is not { } item)
                    {
                        Thread.Yield();
                        continue;
                    }

                    taken++;
                    var producer = item.Number / Items;
                    if (item.Number % Items != next[producer]++) Assert.Fail($"Took {item.Number} out of order.");
                }
            });
        Assert.That(ring.TryTake(), Is.Null);
        Assert.That(next, Has.All.EqualTo(Items));
    }

    private static bool Put(MpscRing<Numbered> ring, Queue<Numbered> model, int capacity, int items)
    {
        for (var i = 0; i < items; i++)
        {
            var item = new Numbered();
            var fits = model.Count < capacity;
            if (ring.TryPut(item) != fits) return false;
            if (fits) model.Enqueue(item);
        }

        return true;
    }

    private static bool Take(MpscRing<Numbered> ring, Queue<Numbered> model, int items)
    {
        for (var i = 0; i <= items; i++)
        {
            model.TryDequeue(out var expected);
            if (!ReferenceEquals(ring.TryTake(), expected)) return false;
        }

        return true;
    }
}
