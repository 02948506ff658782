namespace Topology.Testing.Tests;

/// <summary>A topology that chance wires: limits, groupings, numbers of executors, bolts that fail, throw and hold, a cycle, and what a run of it must have done.</summary>
internal sealed class RandomTopology : ITopology
{
    private readonly SeededChance _chance;
    private readonly List<NumberSpout> _spouts = [];
    private readonly int _failEvery;
    private readonly int _throwEvery;
    private readonly int _holdEvery;
    private readonly bool _hasCycle;

    public RandomTopology(ulong seed)
    {
        _chance = new SeededChance(seed);
        Records = Pick(0, 1, 10, 100, 300);
        _failEvery = Pick(0, 0, 3, 10);
        _throwEvery = Pick(0, 0, 5);
        _holdEvery = Pick(0, 0, 4);
        _hasCycle = Pick(0, 0, 0, 1) == 1;
        Simulation = new SimulationOptions
        {
            Seed = seed,
            StallChance = Pick(0, 0, 1, 5) / 100.0,
            LongestStall = TimeSpan.FromMilliseconds(Pick(10, 300, 900)),
            InterruptChance = Pick(0, 25, 100) / 100.0,
            ObservesTuples = Pick(0, 0, 1) == 1,
        };
    }

    /// <summary>How many records each task of the spout has.</summary>
    public int Records { get; }

    public SimulationOptions Simulation { get; }

    /// <summary>The records that were acked, by instance of the spout; those apart that were asked for their streams alone.</summary>
    public IEnumerable<IEnumerable<int>> Done => _spouts.Select(s => s.Done).Where(d => d.Count > 0);

    public void Build(TopologyBuilder topology)
    {
        topology.Options = topology.Options with
        {
            ChannelCapacity = Pick(0, 1, 2, 5),
            MaxSpoutPending = Pick(1, 2, 7, 100, 16_384),
            EventLoops = Pick(1, 2, 3, 5),
            Workers = Pick(1, 2),
            Ackers = Pick(1, 1, 2, 3),
            // Stalls add up: a tree may take long, and that is not what fails it here.
            MessageTimeout = TimeSpan.FromHours(6),
        };
        topology.SetSpout("numbers", MakeSpout, Pick(1, 1, 3)).SetTasks(Pick(3, 4));
        topology.SetBolt("triple", MakeTriple, Pick(1, 2, 4)).ShuffleGrouping("numbers").TickEvery(TimeSpan.FromMilliseconds(200));
        Group(topology.SetBolt("pass", () => new InlineBolt(Pass, "number"), Pick(1, 3)));
        var last = topology.SetBolt("last", () => new InlineBolt(Last, "number"), Pick(1, 2)).ShuffleGrouping("pass");
        if (_hasCycle) last.ShuffleGrouping("last");
    }

    private static void Pass(TupleView tuple, BoltOutput output)
    {
        output.Emit(tuple, tuple[0]);
        output.Ack(tuple);
    }

    private void Last(TupleView tuple, BoltOutput output)
    {
        if (_hasCycle && tuple.Source.Component == "pass" && tuple[0].AsInt64() % 5 == 0) output.Emit(tuple, 1);
        output.Ack(tuple);
    }

    private NumberSpout MakeSpout()
    {
        var spout = new NumberSpout(Records, new ReplayPolicy { MaxAttempts = int.MaxValue });
        _spouts.Add(spout);
        return spout;
    }

    private InlineBolt MakeTriple()
    {
        var executed = 0;
        var held = new Queue<HeldTuple>();
        return new InlineBolt(
            (tuple, output) =>
            {
                if (tuple.IsTick)
                {
                    while (held.TryDequeue(out var one)) output.Ack(one);
                    return;
                }

                executed++;
                for (var i = 0; i < 3; i++) output.Emit(tuple, tuple[0]);
                if (Is(_throwEvery)) throw new FormatException("one in so many");
                if (Is(_failEvery)) output.Fail(tuple);
                else if (Is(_holdEvery)) held.Enqueue(output.Hold(tuple));
                else output.Ack(tuple);
            },
            "number");

        bool Is(int every) => every > 0 && executed % every == 0;
    }

    private void Group(BoltDeclarer pass) => _ = Pick(0, 1, 2, 3, 4) switch
    {
        0 => pass.FieldsGrouping("triple", "number"),
        1 => pass.AllGrouping("triple"),
        2 => pass.NoneGrouping("triple"),
        3 => pass.LocalOrShuffleGrouping("triple"),
        _ => pass.PartialKeyGrouping("triple", "number"),
    };

    private int Pick(params ReadOnlySpan<int> of) => of[_chance.Below(of.Length)];
}
