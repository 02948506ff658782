namespace Topology.Engine.Tests;

/// <summary>In the steady state neither a tuple's way nor an emit allocates.</summary>
public sealed class AllocationTests
{
    private static readonly string[] Sentences = ["the quick brown fox", "jumps over the lazy dog", "and the dog does not care"];

    [Test]
    public void A_tuple_that_goes_one_hop_allocates_nothing([Values] Delivery delivery, [Values(1, 2)] int loops)
    {
        var simulation = new Simulation(topology =>
        {
            topology.Options = topology.Options with { EventLoops = loops, Delivery = delivery, MaxSpoutPending = 1_024 };
            topology.SetSpout("spout", NumberSpout);
            topology.SetBolt("bolt", () => new InlineBolt((tuple, output) => output.Ack(tuple))).ShuffleGrouping("spout");
        });
        AssertSteady(simulation);
    }

    [Test]
    public void A_tuple_that_goes_to_two_tasks_or_over_two_hops_allocates_nothing([Values] Delivery delivery)
    {
        var simulation = new Simulation(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 2, Delivery = delivery, MaxSpoutPending = 1_024 };
            topology.SetSpout("spout", NumberSpout);
            topology.SetBolt("middle", () => new InlineBolt(
                (tuple, output) =>
                {
                    output.Emit(tuple, tuple[0]);
                    output.Ack(tuple);
                },
                "number"), 2).AllGrouping("spout");
            topology.SetBolt("end", () => new InlineBolt((tuple, output) => output.Ack(tuple)), 2).FieldsGrouping("middle", "number");
        });
        AssertSteady(simulation);
    }

    [Test]
    public void A_tuple_that_is_held_and_acked_later_allocates_nothing()
    {
        var simulation = new Simulation(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 2, MaxSpoutPending = 1_024 };
            topology.SetSpout("spout", NumberSpout);
            var held = new Queue<HeldTuple>();
            topology.SetBolt("middle", () => new InlineBolt(
                (tuple, output) =>
                {
                    held.Enqueue(output.Hold(tuple));
                    if (held.Count < 100) return;
                    output.Emit(held.Peek(), 1);
                    output.Ack(held.Dequeue());
                },
                "number")).ShuffleGrouping("spout");
            topology.SetBolt("end", () => new InlineBolt((tuple, output) => output.Ack(tuple))).ShuffleGrouping("middle");
        });
        AssertSteady(simulation);
    }

    [Test]
    public void Counting_the_words_of_sentences_allocates_nothing([Values] Delivery delivery)
    {
        var simulation = new Simulation(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 2, Delivery = delivery, MaxSpoutPending = 1_024 };
            topology.SetSpout("spout", () =>
            {
                var next = 0;
                return new InlineSpout(output =>
                {
                    for (var room = Math.Min(100, output.Remaining); room > 0; room--, next++) output.Emit(next, Sentences[next % Sentences.Length]);
                }, "sentence");
            });
            topology.SetBolt("split", () => new SplitBolt(), 2).ShuffleGrouping("spout");
            topology.SetBolt("count", () => new CountBolt(), 2).FieldsGrouping("split", "word");
        });
        AssertSteady(simulation);
        Assert.That(simulation.Worker.Bolts.Where(b => b.Component == "count").Sum(b => b.RowsOut), Is.GreaterThan(10_000));
    }

    [Test]
    public void An_emit_allocates_nothing_whatever_the_grouping(
        [Values("shuffle", "fields", "partial-key", "all", "global", "none", "local-or-shuffle", "direct")] string grouping, [Values] Delivery delivery)
    {
        var least = long.MaxValue;
        var simulation = new Simulation(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 2, Delivery = delivery, MaxSpoutPending = 4_096 };
            topology.SetSpout("spout", () =>
            {
                var (task, direct) = (0, (StreamId)null!);
                return new InlineSpout(output =>
                {
                    if (output.Remaining < 200) return;
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    for (var i = 0; i < 200; i++)
                    {
                        if (grouping == "direct") output.EmitDirect(task, direct, i, "word", i);
                        else output.Emit(i, "word", i);
                    }

                    least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
                }, "word", "number")
                {
                    Streams = streams => streams.AddDirect("direct", ["word", "number"]),
                    Opened = context =>
                    {
                        task = context.TasksOf("bolt")[1];
                        direct = context.Stream("direct");
                    },
                };
            });
            Subscribe(topology.SetBolt("bolt", () => new InlineBolt((tuple, output) => output.Ack(tuple)), 3), grouping);
        }).Start();
        for (var i = 0; i < 200; i++) simulation.Round();
        Assert.That(least, Is.Zero);
    }

    private static InlineSpout NumberSpout()
    {
        var next = 0;
        return new InlineSpout(output =>
        {
            for (var room = Math.Min(100, output.Remaining); room > 0; room--) output.Emit(next, next++);
        });
    }

    private static void Subscribe(BoltDeclarer bolt, string grouping) =>
        _ = grouping switch
        {
            "shuffle" => bolt.ShuffleGrouping("spout"),
            "fields" => bolt.FieldsGrouping("spout", "word", "number"),
            "partial-key" => bolt.PartialKeyGrouping("spout", "word"),
            "all" => bolt.AllGrouping("spout"),
            "global" => bolt.GlobalGrouping("spout"),
            "none" => bolt.NoneGrouping("spout"),
            "local-or-shuffle" => bolt.LocalOrShuffleGrouping("spout"),
            _ => bolt.DirectGrouping("spout", "direct"),
        };

    private static void AssertSteady(Simulation simulation)
    {
        simulation.Start();
        for (var i = 0; i < 200; i++) Round(simulation.Worker);
        var before = simulation.Worker.Spouts.Sum(s => s.Tasks.Sum(t => t.Counters.Emitted));
        Assert.That(Allocation.Of(() => Round(simulation.Worker)), Is.Zero);
        // Only a run that went on proves anything.
        Assert.That(simulation.Worker.Spouts.Sum(s => s.Tasks.Sum(t => t.Counters.Emitted)) - before, Is.GreaterThan(10_000));
    }

    private static void Round(Worker worker)
    {
        foreach (var loop in worker.Loops) loop.RunOnce();
    }

    private sealed class SplitBolt : BasicBolt
    {
        public override Fields Output => ["word"];

        protected override void Execute(TupleView tuple, AnchoredOutput output)
        {
            var sentence = tuple[0].AsString();
            foreach (var word in sentence.AsSpan().Split(' ')) output.Emit(Value.Slice(sentence, word));
        }
    }

    private sealed class CountBolt : BasicBolt
    {
        private KeyedState<string, long> _counts = null!;

        public override Fields Output => ["word", "count"];

        public override void Prepare(BoltContext context) => _counts = context.KeyedState<string, long>("counts");

        protected override void Execute(TupleView tuple, AnchoredOutput output) => output.Emit(tuple[0], ++_counts.For(tuple[0].AsSpan()));
    }
}
