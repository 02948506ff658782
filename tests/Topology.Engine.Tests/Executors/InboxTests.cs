using FsCheck;
using FsCheck.Fluent;
using Topology.Messaging;

namespace Topology.Engine.Tests;

public sealed class InboxTests
{
    private const int SharedSlices = 32;

    /// <summary>A step: 0 takes rows off, else a batch of so many rows comes in.</summary>
    private static readonly Gen<(int Rows, bool Lags)> Steps =
        Gen.Frequency((3, Gen.Choose(1, 5)), (1, Gen.Choose(6, 250)), (3, Gen.Constant(0))).SelectMany(rows => Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true))).Select(lags => (rows, lags)));

    [Test]
    public void Rows_come_out_as_they_went_in_whether_copied_or_not_and_every_batch_is_released_once() =>
        Prop.ForAll(Steps.ListOf(120).ToArbitrary(), Gen.Choose(0, 1_000_000).ToArbitrary(), (steps, seed) =>
        {
            var run = new Run(seed);
            return steps.All(step => step.Rows == 0 ? run.Take(40) : run.Put(step.Rows, step.Lags)) && run.End();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Test]
    public void A_few_batches_are_shared_and_those_beyond_are_copied_and_released_at_once()
    {
        var run = new Run(1);
        for (var i = 0; i < SharedSlices; i++) run.Put(2, false, all: true);
        Assert.That(run.Returned, Is.Zero);
        for (var i = 0; i < 10; i++) run.Put(2, false, all: true);
        Assert.That(run.Returned, Is.EqualTo(10));
        Assert.That(run.End(), Is.True);
    }

    [Test]
    public void Between_two_threads_no_row_is_lost_or_reordered([Values] bool lags)
    {
        const int Batches = 20_000;
        var pool = new BatchPool();
        var lane = new Lane(0, pool, 2);
        var inbox = new Inbox(SharedSlices);
        Exception? error = null;
        var loop = new Thread(() =>
        {
            var number = 0L;
            for (var i = 0; i < Batches; i++)
            {
                // Credit is what bounds it in the engine.
                while (inbox.Rows > 2_000 && Volatile.Read(ref error) is null) Thread.Yield();
                var batch = pool.Rent();
                for (var row = 0; row <= i % 7; row++) batch.AddRow(1, Row.Address(1, 0, 0), batch.AddValues([number++]), default);
                batch.Publish();
                inbox.Put(new Slice(batch, 0, batch.Count, lane), lags && i % 3 == 0);
            }
        });
        loop.Start();
        try
        {
            TakeAll(inbox, Enumerable.Range(0, Batches).Sum(i => (i % 7) + 1));
        }
        catch (Exception exception)
        {
            Volatile.Write(ref error, exception);
            throw;
        }
        finally
        {
            loop.Join();
        }

        Assert.That(inbox.Rows, Is.Zero);
    }

    private static void TakeAll(Inbox inbox, long rows)
    {
        for (var next = 0L; next < rows;)
        {
            if (!inbox.TryTake(out var slice))
            {
                Thread.Yield();
                continue;
            }

            for (var row = slice.First; row < slice.First + slice.Count; row++, next++)
            {
                var number = slice.Batch.Values[slice.Batch.Rows[row].FirstValue].AsInt64();
                if (number != next) Assert.Fail($"Row {number} came in place of {next}.");
            }

            inbox.Done(slice.Count);
            slice.Batch.Release();
        }
    }

    /// <summary>Batches with rows for two receivers, of which the inbox belongs to one; the other's reference is released after it.</summary>
    private sealed class Run(int seed)
    {
        private readonly Lane _lane = new(7, new BatchPool(), 2);
        private readonly Inbox _inbox = new(SharedSlices);
        private readonly Random _random = new(seed);
        private readonly List<(TupleBatch Batch, BatchPool Pool)> _sent = [];
        private readonly Queue<Expected> _rows = new();
        private Slice _slice;
        private int _row;
        private long _number;

        /// <summary>How many of the batches that were sent are back in their pools.</summary>
        public int Returned => _sent.Count(sent => ReferenceEquals(Peek(sent.Pool), sent.Batch));

        public bool Put(int rows, bool lags, bool all = false)
        {
            // A pool for each batch, so that a batch returned twice would show in it twice.
            var pool = new BatchPool();
            var batch = pool.Rent();
            _sent.Add((batch, pool));
            for (var i = 0; i < rows; i++)
            {
                var arity = _random.Next(10) == 0 ? 300 : _random.Next(4);
                if (!batch.HasRoom(arity))
                {
                    if (batch.Count > 0) break;
                    batch.EnsureRoom(arity);
                }

                Add(batch, target: !all && _random.Next(3) == 0 ? 0 : 1, arity);
            }

            batch.Publish();
            PutMine(batch, lags);
            return IsCounted();
        }

        public bool Take(int rows)
        {
            for (; rows > 0 && TryTakeSlice(); rows--)
            {
                if (_slice.Lane != _lane || !IsRight(_slice.Batch, _rows.Dequeue())) return false;
                _row++;
                _inbox.Done(1);
                if (_row == _slice.First + _slice.Count) _slice.Batch.Release();
            }

            return IsCounted();
        }

        /// <summary>Takes what is left. True when all was right, the inbox is empty, and every batch is back in its pool exactly once.</summary>
        public bool End()
        {
            while (_rows.Count > 0)
                if (!Take(100)) return false;
            return !_inbox.TryTake(out _) && _inbox.IsEmpty && _sent.TrueForAll(sent =>
                ReferenceEquals(sent.Pool.Rent(), sent.Batch) && !ReferenceEquals(sent.Pool.Rent(), sent.Batch) && sent.Batch.Count == 0);
        }

        /// <summary>As the loop does: rows that lie together are shared, and others are copied.</summary>
        private void PutMine(TupleBatch batch, bool lags)
        {
            var mine = Enumerable.Range(0, batch.RunCount).Where(run => batch.PlaceOf(run) == 1).ToArray();
            var others = batch.RunCount - mine.Length;
            if (mine is [var only])
            {
                _inbox.Put(new Slice(batch, batch.FirstOf(only), batch.EndOf(only) - batch.FirstOf(only), _lane), lags);
            }
            else if (mine.Length > 1)
            {
                _inbox.PutScattered(batch, mine[0], batch.FirstOf(mine[0]), _lane);
                batch.Release(mine.Length);
            }

            if (others > 0) batch.Release(others);
        }

        private bool TryTakeSlice()
        {
            if (_slice.Batch is not null && _row < _slice.First + _slice.Count) return true;
            if (!_inbox.TryTake(out _slice)) return false;
            _row = _slice.First;
            return true;
        }

        private static TupleBatch Peek(BatchPool pool)
        {
            var batch = pool.Rent();
            pool.Return(batch);
            return batch;
        }

        private void Add(TupleBatch batch, int target, int arity)
        {
            var number = _number++;
            var further = _random.Next(4) == 0 ? Enumerable.Range(1, _random.Next(1, 5)).Select(i => new TupleIds((ulong)i, (ulong)number)).ToArray() : [];
            var values = Enumerable.Range(0, arity).Select(i => (Value)(number + i)).ToArray();
            var row = new Expected(values, number % 3 == 0 ? default : new TupleIds((ulong)number, ~(ulong)number), further, _random.Next(50), _random.Next(50));
            batch.AddRow(target, Row.Address(arity, row.Source, row.Task), batch.AddValues(values), row.Ids, further.Length == 0 ? -1 : batch.AddExtra(further));
            if (target == 1) _rows.Enqueue(row);
        }

        private bool IsRight(TupleBatch batch, Expected expected)
        {
            var row = batch.Rows[_row];
            var further = row.FirstExtra < 0 ? [] : batch.ExtraOf(row.FirstExtra);
            return row.Task == expected.Task && row.Source == expected.Source
                && batch.IdsOf(_row).Equals(expected.Ids)
                && further.ToArray().SequenceEqual(expected.Further)
                && batch.Values.AsSpan(row.FirstValue, row.Arity).SequenceEqual(expected.Values);
        }

        private bool IsCounted() => _inbox.Rows == _rows.Count;

        private sealed record Expected(Value[] Values, TupleIds Ids, TupleIds[] Further, int Task, int Source);
    }
}
