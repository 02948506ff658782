using FsCheck;
using FsCheck.Fluent;

namespace Topology.Engine.Tests;

/// <summary>An acker's table with a spout's table in front of it, against a model of sets of edges, with messages in any order.</summary>
public sealed class AckerTableModelTests
{
    [Test]
    public void Messages_in_any_order_close_each_tree_once_and_rightly_and_late_ones_take_no_room() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(1, 20).ToArbitrary(), (seed, maxPending) => new Run(seed, maxPending).Steps(300))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private sealed class Run
    {
        private readonly Random _random;
        private readonly PendingTable<int> _pending;
        private readonly AckerTable _table;
        private readonly EdgeIds _edges = new(5);
        private readonly List<Tree> _trees = [];

        // Spouts' messages keep their order; bolts' come in any.
        private readonly Queue<Tree> _inits = new();
        private readonly List<(Tree Tree, ulong Value, bool IsFail)> _messages = [];
        private readonly List<ulong> _overdue = [];
        private int _now;
        private long _late;

        public Run(int seed, int maxPending)
        {
            _random = new Random(seed);
            var first = (ulong)_random.NextInt64(1L << 48);
            _pending = new PendingTable<int>(maxPending, first);
            _table = new AckerTable(maxPending, first);
        }

        public bool Steps(int count)
        {
            for (var i = 0; i < count; i++)
                if (!Step() || _table.Late != _late || _table.Open > _pending.Count) return false;
            // In the end everything arrives, and nothing is left.
            while (_inits.Count > 0 || _messages.Count > 0)
                if (!(_inits.Count > 0 && _random.Next(2) == 0 ? Init() : Deliver()) || _table.Late != _late) return false;
            return _trees.TrueForAll(t => t.IsClosed || !t.IsComplete) && _table.Open == _trees.Count(t => !t.IsClosed);
        }

        private bool Step() => _random.Next(12) switch
        {
            < 4 => Emit(),
            < 6 => Init(),
            < 10 => Deliver(),
            10 => Reset(),
            _ => Sweep(),
        };

        /// <summary>A spout emits; bolts make edges and ack them, all but a few.</summary>
        private bool Emit()
        {
            if (_pending.Count == _pending.MaxPending) return true;
            var tree = new Tree(_pending.Add(0, 0), _random.Next(10) == 0);
            _trees.Add(tree);
            _inits.Enqueue(tree);
            var open = Enumerable.Range(0, _random.Next(4)).Select(_ => _edges.Next()).ToList();
            tree.First = open.Aggregate(0UL, (a, b) => a ^ b);
            for (var hops = 0; open.Count > 0 && hops < 8; hops++)
            {
                var edge = open[^1];
                open.RemoveAt(open.Count - 1);
                var made = hops < 4 ? Enumerable.Range(0, _random.Next(3)).Select(_ => _edges.Next()).ToArray() : [];
                open.AddRange(made);
                Send(tree, made.Aggregate(edge, (a, b) => a ^ b), tree.Fails && _random.Next(3) == 0);
            }

            foreach (var edge in open) Send(tree, edge, false);
            return true;
        }

        private void Send(Tree tree, ulong value, bool isFail)
        {
            _messages.Add((tree, value, isFail));
            if (!isFail) tree.Missing++;
            else tree.NeverAcked = true;
        }

        private bool Init()
        {
            if (!_inits.TryDequeue(out var tree)) return true;
            var isComplete = _table.Init(tree.Sequence, tree.First, (byte)_now, out var failed, out var code);
            tree.IsInitialised = true;
            tree.Touched = _now;
            if (failed != tree.EarlyFail is not null || (failed && code != tree.EarlyFail)) return false;
            return isComplete == (!failed && tree.IsComplete) && (!(isComplete || failed) || Close(tree));
        }

        private bool Deliver()
        {
            if (_messages.Count == 0) return true;
            var place = _random.Next(_messages.Count);
            var (tree, value, isFail) = _messages[place];
            _messages.RemoveAt(place);
            // Now and then a closed tree hears the same once more, as from a bolt that was thought lost.
            if (tree.IsClosed && _random.Next(3) == 0) _messages.Add((tree, value, isFail));
            if (tree.IsClosed) _late++;
            return isFail ? Fail(tree, value) : Ack(tree, value);
        }

        private bool Ack(Tree tree, ulong value)
        {
            var isComplete = _table.Ack(tree.Sequence, value);
            if (tree.IsClosed) return !isComplete;
            tree.Missing--;
            var closes = tree.IsInitialised && tree.IsComplete;
            return isComplete == closes && (!closes || Close(tree));
        }

        private bool Fail(Tree tree, ulong code)
        {
            var closes = _table.Fail(tree.Sequence, code);
            if (tree.IsClosed) return !closes;
            if (tree.IsInitialised) return closes && Close(tree);
            tree.EarlyFail ??= code;
            return !closes;
        }

        private bool Reset()
        {
            if (_trees.Count == 0) return true;
            var tree = _trees[_random.Next(_trees.Count)];
            // Nobody resets a tree of which it has nothing, so one that is not initialised was heard of.
            if (!tree.IsClosed && !tree.IsInitialised) return true;
            _table.Reset(tree.Sequence, (byte)_now);
            if (tree.IsClosed) _late++;
            else tree.Touched = _now;
            return true;
        }

        private bool Sweep()
        {
            _now += _random.Next(15);
            _overdue.Clear();
            for (var done = false; !done;) done = _table.Sweep((byte)_now, _random.Next(1, 9), _overdue);
            var expected = _trees.Where(t => t is { IsInitialised: true, IsClosed: false } && _now - t.Touched > AckerTable.StepsPerTimeout).ToArray();
            return _overdue.Order().SequenceEqual(expected.Select(t => t.Sequence).Order()) && Array.TrueForAll(expected, Close);
        }

        private bool Close(Tree tree)
        {
            tree.IsClosed = true;
            return _pending.Remove(tree.Sequence, 0, out _, out _);
        }
    }

    private sealed class Tree(ulong sequence, bool fails)
    {
        public ulong Sequence { get; } = sequence;

        public bool Fails { get; } = fails;

        public ulong First { get; set; }

        /// <summary>Acks that the table has not been told of.</summary>
        public int Missing { get; set; }

        /// <summary>Whether a bolt failed its part in place of acking it.</summary>
        public bool NeverAcked { get; set; }

        public bool IsInitialised { get; set; }

        public ulong? EarlyFail { get; set; }

        /// <summary>The step of its init or last reset.</summary>
        public int Touched { get; set; }

        public bool IsClosed { get; set; }

        public bool IsComplete => Missing == 0 && !NeverAcked && EarlyFail is null;
    }
}
