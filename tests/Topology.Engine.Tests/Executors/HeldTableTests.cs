using FsCheck;
using FsCheck.Fluent;
using Topology.Messaging;

namespace Topology.Engine.Tests;

public sealed class HeldTableTests
{
    private enum Step
    {
        Add,
        Answer,
        AnswerAgain,
        Forget,
        ForgetAll,
    }

    private static readonly Gen<(Step Step, int Pick)> Steps =
        Gen.Frequency((8, Gen.Constant(Step.Add)), (5, Gen.Constant(Step.Answer)), (4, Gen.Constant(Step.AnswerAgain)), (2, Gen.Constant(Step.Forget)), (1, Gen.Constant(Step.ForgetAll)))
            .SelectMany(step => Gen.Choose(0, 10_000).Select(pick => (step, pick)));

    [Test]
    public void Every_tuple_is_held_until_it_is_answered_for_or_forgotten_and_never_again() =>
        Prop.ForAll(Steps.ListOf(200).ToArbitrary(), steps =>
        {
            var run = new Run();
            return steps.Select((step, now) => run.Do(step.Step, step.Pick, now)).All(isRight => isRight);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Test]
    public void The_default_of_a_held_tuple_is_held_by_nobody()
    {
        var table = new HeldTable();
        Assert.That(table.IsHeld(default), Is.False);
        table.Add(default, 0, null, 0);
        Assert.That(table.IsHeld(default), Is.False);
        Assert.That(() => table.Get(default), Throws.InstanceOf<AnswerException>());
    }

    [Test]
    public void What_is_emitted_anchored_to_a_held_tuple_is_kept_with_it_while_the_table_grows()
    {
        var table = new HeldTable();
        var first = table.Add(new TupleIds(1, 2), 4, null, 0);
        for (var i = 0; i < 100; i++) table.Add(default, 0, null, 0);
        table.Get(first).Emitted ^= 3;
        Assert.That(table.Get(first).Emitted, Is.EqualTo(7));
        Assert.That(table.Get(first).Ids, Is.EqualTo(new TupleIds(1, 2)));
    }

    private sealed class Run
    {
        private readonly HeldTable _table = new();
        private readonly List<(HeldTuple Tuple, ulong Root, long Since)> _held = [];
        private readonly List<HeldTuple> _gone = [];

        public bool Do(Step step, int pick, long now) =>
            step switch
            {
                Step.Add => Add((ulong)pick + 1, now),
                Step.Answer when _held.Count > 0 => Answer(pick % _held.Count),
                Step.AnswerAgain when _gone.Count > 0 => IsGone(_gone[pick % _gone.Count]),
                Step.Forget => Forget(now - (pick % 40)),
                Step.ForgetAll => Forget(long.MaxValue),
                _ => true,
            } && _table.Count == _held.Count;

        private bool Add(ulong root, long now)
        {
            var tuple = _table.Add(new TupleIds(root, ~root), root + 1, root % 3 == 0 ? [new TupleIds(root + 2, 0)] : null, now);
            _held.Add((tuple, root, now));
            return !_gone.Contains(tuple) && _held.TrueForAll(h => _table.IsHeld(h.Tuple));
        }

        private bool Answer(int place)
        {
            var (tuple, root, since) = _held[place];
            ref var entry = ref _table.Get(tuple);
            var isRight = entry.Ids.Equals(new TupleIds(root, ~root)) && entry.Emitted == root + 1 && entry.Since == since
                && (root % 3 == 0 ? entry.Further?[0].Root == root + 2 : entry.Further is null);
            _table.Remove(tuple);
            Gone(place);
            return isRight && IsGone(tuple);
        }

        private bool Forget(long moment)
        {
            var forgotten = new List<ulong>();
            _table.TakeOlder(moment, entry => forgotten.Add(entry.Ids.Root));
            var expected = _held.Where(h => h.Since <= moment).Select(h => h.Root).Order().ToArray();
            for (var place = _held.Count - 1; place >= 0; place--)
                if (_held[place].Since <= moment) Gone(place);
            return forgotten.Order().SequenceEqual(expected);
        }

        private void Gone(int place)
        {
            _gone.Add(_held[place].Tuple);
            _held.RemoveAt(place);
        }

        private bool IsGone(HeldTuple tuple)
        {
            if (_table.IsHeld(tuple)) return false;
            try
            {
                _table.Get(tuple);
                return false;
            }
            catch (AnswerException)
            {
                return true;
            }
        }
    }
}
