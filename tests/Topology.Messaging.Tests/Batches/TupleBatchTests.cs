using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;

namespace Topology.Messaging.Tests;

public sealed class TupleBatchTests
{
    private const int Targets = 5;

    private static readonly Gen<Added> Rows =
        from target in Gen.Choose(0, Targets - 1)
        from arity in Gen.Frequency((6, Gen.Choose(0, 3)), (1, Gen.Choose(4, 40)), (1, Gen.Constant(700)))
        from furtherPairs in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(1, 6)))
        from task in Gen.Choose(0, ushort.MaxValue)
        select new Added(target, arity, furtherPairs, task);

    [Test]
    public void Every_row_is_found_in_its_target_s_runs_with_all_that_was_put_in() =>
        Prop.ForAll(Rows.ListOf().ToArbitrary(), Gen.Choose(1, 3).ToArbitrary(), (rows, uses) =>
        {
            var pool = new BatchPool();
            // The same batch again and again: nothing of one use may be seen in the next.
            return Enumerable.Range(0, uses).All(use => FillAndCheck(pool, rows, use));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Test]
    public void It_is_full_when_it_has_all_its_rows_and_takes_a_row_of_any_size_when_empty()
    {
        var batch = new BatchPool().Rent();
        for (var i = 0; i < TupleBatch.Capacity; i++)
        {
            Assert.That(batch.HasRoom(2), Is.True);
            batch.AddRow(0, Row.Address(2, 0, 0), batch.AddValues([i, i]), default);
        }

        Assert.That(batch.HasRoom(0), Is.False);
        batch.PublishOpen(1);
        batch.Release();
        batch.EnsureRoom(5_000);
        Assert.That(batch.HasRoom(5_000), Is.True);
    }

    [Test]
    public void The_last_of_its_receivers_sends_it_back_to_its_pool_and_no_other()
    {
        var pool = new BatchPool();
        var batch = pool.Rent();
        batch.PublishOpen(2);
        batch.AddReference();
        batch.Release();
        batch.Release();
        Assert.That(pool.Rent(), Is.Not.SameAs(batch));
        batch.Release();
        Assert.That(pool.Rent(), Is.SameAs(batch));
    }

    [Test]
    public void Of_two_threads_that_release_it_one_sends_it_back()
    {
        const int Rounds = 20_000;
        var pool = new BatchPool();
        var batch = pool.Rent();
        using var both = new Barrier(2);
        var returned = 0;
        TwoThreads.Run(
            () =>
            {
                for (var i = 0; i < Rounds; i++)
                {
                    batch.AddRow(0, Row.Address(1, 0, 0), batch.AddValues([i]), default);
                    batch.PublishOpen(2);
                    both.SignalAndWait();
                    batch.Release();
                    both.SignalAndWait();
                    if (batch.Count == 0 && ReferenceEquals(pool.Rent(), batch)) returned++;
                }
            },
            () =>
            {
                for (var i = 0; i < Rounds; i++)
                {
                    both.SignalAndWait();
                    batch.Release();
                    both.SignalAndWait();
                }
            });
        Assert.That(returned, Is.EqualTo(Rounds));
        Assert.That(pool.Rent(), Is.Not.SameAs(batch));
    }

    [Test]
    public void A_batch_in_its_pool_keeps_nothing_of_the_user_s_alive([Values(1, 2, 600, 5_000)] int arity)
    {
        var pool = new BatchPool();
        var text = FillAndRelease(pool, arity);
        GC.Collect();
        Assert.That(text.IsAlive, Is.False);
        GC.KeepAlive(pool);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference FillAndRelease(BatchPool pool, int arity)
    {
        var batch = pool.Rent();
        var text = new string('x', 10);
        var values = Enumerable.Repeat((Value)text, arity).ToArray();
        batch.EnsureRoom(2 * arity);
        for (var i = 0; i < 2; i++) batch.AddRow(i, Row.Address(arity, 0, 0), batch.AddValues(values), new TupleIds(1, 2));
        batch.PublishOpen(1);
        batch.Release();
        return new WeakReference(text);
    }

    private static bool FillAndCheck(BatchPool pool, IReadOnlyList<Added> rows, int use)
    {
        var batch = pool.Rent();
        var added = new List<Added>();
        foreach (var row in rows)
        {
            if (!batch.HasRoom(row.Arity))
            {
                if (batch.Count > 0) break;
                batch.EnsureRoom(row.Arity);
            }

            Add(batch, row, added.Count, use);
            added.Add(row);
        }

        batch.Publish();
        var isRight = batch.Count == added.Count
            && batch.ValueCount == added.Sum(r => r.Arity)
            && Runs(batch).SelectMany(run => Enumerable.Repeat(run.Place, run.End - run.First)).SequenceEqual(added.Select(r => r.Target))
            && Runs(batch).All(run => run.End > run.First)
            && Runs(batch).Zip(Runs(batch).Skip(1)).All(pair => pair.First.Place != pair.Second.Place)
            && Enumerable.Range(0, added.Count).All(index => IsRight(batch, index, added[index], use));
        batch.PublishOpen(1);
        batch.Release();
        return isRight && batch.RunCount == 0;
    }

    private static void Add(TupleBatch batch, Added row, int number, int use)
    {
        var extra = row.Further == 0 ? -1 : batch.AddExtra(Enumerable.Range(1, row.Further).Select(i => Pair(number, use, i)).ToArray());
        var values = batch.AddValues(Enumerable.Range(0, row.Arity).Select(i => ValueOf(number, use, i)).ToArray());
        batch.AddRow(row.Target, Row.Address(row.Arity, number, row.Task), values, Pair(number, use, 0), extra);
    }

    private static bool IsRight(TupleBatch batch, int index, Added added, int use)
    {
        var row = batch.Rows[index];
        var values = batch.Values.AsSpan(row.FirstValue, row.Arity).ToArray();
        var further = row.FirstExtra < 0 ? [] : batch.ExtraOf(row.FirstExtra).ToArray();
        return row.Task == added.Task
            && row.Source == index
            && values.SequenceEqual(Enumerable.Range(0, added.Arity).Select(i => ValueOf(index, use, i)))
            && further.SequenceEqual(Enumerable.Range(1, added.Further).Select(i => Pair(index, use, i)))
            && batch.IdsOf(index).Equals(Pair(index, use, 0));
    }

    private static IEnumerable<(int Place, int First, int End)> Runs(TupleBatch batch) =>
        Enumerable.Range(0, batch.RunCount).Select(run => (batch.PlaceOf(run), batch.FirstOf(run), batch.EndOf(run)));

    private static Value ValueOf(int row, int use, int place) => $"{use} {row} {place}";

    private static TupleIds Pair(int row, int use, int place) => new((ulong)(1 + place), (ulong)((1000 * use) + row));

    private sealed record Added(int Target, int Arity, int Further, int Task);
}
