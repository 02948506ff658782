using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;

namespace Topology.Engine.Tests;

public sealed class PendingTableTests
{
    private enum Step
    {
        Add,
        RemoveOldest,
        RemoveNewest,
        RemoveSome,
        TakeRun,
        RemoveAgain,
        Undo,
    }

    private static readonly Gen<(Step Step, int Pick)> Steps =
        Gen.Frequency(
                (12, Gen.Constant(Step.Add)), (2, Gen.Constant(Step.RemoveOldest)), (2, Gen.Constant(Step.RemoveNewest)), (2, Gen.Constant(Step.RemoveSome)),
                (2, Gen.Constant(Step.TakeRun)), (1, Gen.Constant(Step.RemoveAgain)), (1, Gen.Constant(Step.Undo)))
            .SelectMany(step => Gen.Choose(0, 10_000).Select(pick => (step, pick)));

    [Test]
    public void It_gives_every_tree_a_slot_of_its_own_and_knows_its_message_id_and_its_age() =>
        Prop.ForAll(Gen.Choose(1, 200).ToArbitrary(), FirstSequences().ToArbitrary(), Steps.ListOf(400).ToArbitrary(), RunAll)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(63)]
    [TestCase(64)]
    [TestCase(65)]
    [TestCase(1_000)]
    [TestCase(5_000)]
    public void A_full_table_gives_the_one_slot_that_becomes_free_wherever_it_is(int size)
    {
        var table = new PendingTable<int>(size, 12_345);
        var slots = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)size);
        var sequences = new ulong[slots];
        // As many as there are slots, one free at a time: the next one to become free is always the furthest away.
        for (var i = 0; i < slots; i++) sequences[i] = table.Add(i, 0);
        var last = sequences[^1];
        for (var i = slots - 1; i >= 0; i--)
        {
            Assert.That(table.Remove(sequences[i], 0, out var id, out _), Is.True);
            Assert.That(id, Is.EqualTo(i));
            var next = table.Add(-1, 0);
            Assert.That(next % (ulong)slots, Is.EqualTo(sequences[i] % (ulong)slots));
            Assert.That(RootId.IsAfter(next, last), Is.True);
            last = next;
        }
    }

    [Test]
    public void Sequences_go_on_past_the_highest()
    {
        var table = new PendingTable<int>(4, RootId.SequenceMask);
        Assert.That(table.Add(1, 0), Is.EqualTo(RootId.SequenceMask));
        Assert.That(table.Add(2, 0), Is.Zero);
        Assert.That(table.Last, Is.Zero);
        Assert.That(table.Remove(RootId.SequenceMask, 0, out var id, out _), Is.True);
        Assert.That(id, Is.EqualTo(1));
    }

    [Test]
    public void A_run_ends_with_the_first_tree_that_is_not_pending()
    {
        var table = new PendingTable<int>(64, 0);
        for (var i = 0; i < 10; i++) table.Add(i, 0);
        table.Remove(4, 0, out _, out _);
        Assert.That(table.TakeRun(0, 10, out var first), Is.EqualTo(4));
        Assert.That(first, Is.Zero);
        Assert.That(table.TakeRun(4, 6, out _), Is.Zero);
        Assert.That(table.TakeRun(5, 5, out first), Is.EqualTo(5));
        Assert.That((first, table.Count), Is.EqualTo((5, 0)));
    }

    /// <summary>A large table of which little is used skips most of its slots: were sequences used up by that, old trees could be taken for those of another life.</summary>
    [TestCase(1 << 10)]
    [TestCase(1 << 14)]
    [TestCase(1 << 24)]
    public void Few_pending_trees_use_up_no_more_than_64_sequences_each(int size)
    {
        var table = new PendingTable<int>(size, 0);
        const int Trees = 2_000_000;
        for (var i = 0; i < Trees; i++) table.Remove(table.Add(i, 0), 0, out _, out _);
        Assert.That(table.Last, Is.LessThan(64UL * Trees * 5 / 4));
    }

    [Test]
    public void As_trees_become_pending_all_of_a_large_table_comes_into_use()
    {
        var table = new PendingTable<int>(100_000, 77);
        var slots = Enumerable.Range(0, 100_000).Select(i => table.Add(i, 0) % 131_072).ToArray();
        Assert.That(slots, Is.Unique);
        Assert.That(table.Count, Is.EqualTo(100_000));
    }

    [Test]
    public void A_message_id_whose_tree_has_ended_is_not_kept_alive([Values] bool restart)
    {
        var table = new PendingTable<object>(4, 0);
        var id = AddAndEnd(table, restart);
        GC.Collect();
        Assert.That(id.IsAlive, Is.False);
        GC.KeepAlive(table);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference AddAndEnd(PendingTable<object> table, bool restart)
    {
        var id = new object();
        var sequence = table.Add(id, 0);
        if (restart) table.Restart();
        else table.Remove(sequence, 0, out _, out _);
        return new WeakReference(id);
    }

    private static Gen<ulong> FirstSequences() =>
        Gen.OneOf(Gen.Constant(0UL), Gen.Constant(RootId.SequenceMask - 50), Gen.Choose(0, int.MaxValue).Select(s => (ulong)s * 65_537));

    private static bool RunAll(int maxPending, ulong first, IList<(Step Step, int Pick)> steps)
    {
        var table = new PendingTable<int>(maxPending, first);
        var model = new List<(ulong Sequence, int Id, long Since)>();
        var slots = System.Numerics.BitOperations.RoundUpToPowerOf2((uint)maxPending);
        var last = (first - 1) & RootId.SequenceMask;
        long now = 0;
        for (var i = 0; i < steps.Count; i++)
        {
            now += steps[i].Pick * 1_000L;
            switch (steps[i].Step)
            {
                case Step.Add or Step.Undo when model.Count < maxPending:
                    var sequence = table.Add(i, now);
                    if (!RootId.IsAfter(sequence, last) || model.Exists(m => m.Sequence % slots == sequence % slots) || table.Last != sequence) return false;
                    last = sequence;
                    if (steps[i].Step == Step.Undo) table.Undo(sequence);
                    else model.Add((sequence, i, now));
                    break;
                case Step.RemoveAgain when model.Count < maxPending:
                    if (model.TrueForAll(m => m.Sequence % slots != last % slots) && table.Remove(last, now, out _, out _)) return false;
                    break;
                case Step.TakeRun when model.Count > 0:
                    if (!TakeRuns(table, model, steps[i].Pick, now)) return false;
                    break;
                case Step.RemoveOldest or Step.RemoveNewest or Step.RemoveSome when model.Count > 0:
                    if (!RemoveOne(table, model, steps[i].Step, steps[i].Pick, now)) return false;
                    break;
            }

            if (table.Count != model.Count) return false;
        }

        return true;
    }

    /// <summary>Takes trees that follow one another from a random one on, as a spout does with a run of completions.</summary>
    private static bool TakeRuns(PendingTable<int> table, List<(ulong Sequence, int Id, long Since)> model, int pick, long now)
    {
        var from = pick % model.Count;
        var run = model.Skip(from).TakeWhile((m, i) => m.Sequence == model[from].Sequence + (ulong)i).Take((pick % 97) + 1).ToArray();
        for (var done = 0; done < run.Length;)
        {
            var taken = table.TakeRun(run[done].Sequence, run.Length - done, out var first);
            if (taken < 1 || taken > run.Length - done) return false;
            for (var i = 0; i < taken; i++)
            {
                var latency = table.LatencyOf(first + i, now, taken - i, out var equal);
                if (Math.Abs(latency - (now - run[done + i].Since)) > 8_192) return false;
                // Latencies are told apart in steps of 8.192 µs.
                if (run.Skip(done + i).Take(equal).Any(m => m.Since >> 13 != run[done + i].Since >> 13)) return false;
                if (table.Forget(first + i) != run[done + i].Id) return false;
            }

            done += taken;
        }

        model.RemoveRange(from, run.Length);
        return true;
    }

    private static bool RemoveOne(PendingTable<int> table, List<(ulong Sequence, int Id, long Since)> model, Step step, int pick, long now)
    {
        var place = step switch { Step.RemoveOldest => 0, Step.RemoveNewest => model.Count - 1, _ => pick % model.Count };
        var (sequence, id, since) = model[place];
        model.RemoveAt(place);
        // Ages are kept in steps of 8.192 µs.
        return table.Remove(sequence, now, out var found, out var latency) && found == id && Math.Abs(latency - (now - since)) <= 8_192;
    }
}
