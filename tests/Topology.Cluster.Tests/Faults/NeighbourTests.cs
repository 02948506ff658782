using Topology.Engine;
using Topology.Testing;

namespace Topology.Cluster.Tests;

/// <summary>
/// What goes wrong in one component leaves the others on its loop their rate. In a simulation, where turns take equally long and a rate is a number: that of the same
/// neighbour beside a component that does as it should.
/// </summary>
public sealed class NeighbourTests
{
    private static readonly TimeSpan Span = TimeSpan.FromMilliseconds(20);

    private static readonly Dictionary<string, (string Report, FaultyExecute Execute)> Bolts = new()
    {
        ["throws on every third tuple"] = ("Execute on (0): InvalidOperationException: no", ThrowOnEveryThird),
        ["never acks"] = ("Execute: AnswerException: Execute returned without Ack, Fail or Hold", LeaveUnanswered),
        ["acks twice"] = ("Execute on (0): AnswerException: This tuple was acked, failed or held before", AckTwice),
        ["holds and forgets"] = ("Hold: AnswerException: ", static (tuple, output) => output.Hold(tuple)),
        ["emits the wrong arity"] = ("Execute on (0): EmitException: bad emitted 2 values on the default stream, which has 1 fields", static (tuple, output) => output.Emit(tuple, 1, 2)),
        ["emits too long a value"] = ("Execute on (0): EmitException: bad emitted a value of 2,000 bytes", static (tuple, output) => output.Emit(tuple, new byte[2_000])),
        ["emits more than the outbox limit"] = ("Execute on (0): EmitException: bad emitted more than 1,000 tuples", EmitTenThousand),
    };

    private static readonly Dictionary<string, (string Report, Action<SpoutOutput<long>, Action> NextTuple, Action Acked)> Spouts = new()
    {
        ["throws in NextTuple"] = ("NextTuple: InvalidOperationException: no", static (_, _) => Throw(), DoNothing),
        ["throws after each emit"] = ("NextTuple: InvalidOperationException: no", EmitAndThrow, DoNothing),
        ["throws in Ack"] = ("Ack: InvalidOperationException: no", EmitWhatThereIsRoomFor, Throw),
        ["emits beyond the room that Remaining told"] = ("NextTuple: EmitException: bad[1] emitted beyond its max-spout-pending of 1,000 trees", EmitForEver, DoNothing),
    };

    private static IEnumerable<string> BadBolts => Bolts.Keys;

    private static IEnumerable<string> BadSpouts => Spouts.Keys;

    [TestCaseSource(nameof(BadBolts))]
    public void A_bolt_leaves_its_neighbours_their_rate_when_it(string fault)
    {
        var (report, execute) = Bolts[fault];
        Check(report, (topology, log) =>
        {
            topology.SetSpout("beside", () => new NumberSpout(long.MaxValue, log));
            topology.SetBolt("bad", () => new FaultyBolt(execute, "number")).ShuffleGrouping("beside");
            topology.SetBolt("behind", static () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("bad");
        });
    }

    [TestCaseSource(nameof(BadSpouts))]
    public void A_spout_leaves_its_neighbours_their_rate_when_it(string fault)
    {
        var (report, nextTuple, acked) = Spouts[fault];
        Check(report, (topology, log) =>
        {
            topology.SetSpout("bad", () => Bad(log, nextTuple, acked));
            topology.SetBolt("beside", static () => new FaultyBasicBolt((tuple, output) => output.Emit(tuple[0]), "number")).ShuffleGrouping("bad");
            topology.SetBolt("behind", static () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("beside");
        });
    }

    private static void Check(string report, Action<TopologyBuilder, SpoutLog> addBad)
    {
        var usual = RateBeside(AddGood, out _, out _);
        var rate = RateBeside(addBad, out var log, out var result);

        Assert.That(rate, Is.GreaterThan(0.7 * usual));
        Assert.That(result.State, Is.EqualTo(RunState.Stopped));
        Assert.That(log.Emitted - log.Answered, Is.EqualTo(result.Dropped), "What was not answered for is counted.");
        // A held tuple is found to be forgotten at the same time as its tree to be overdue.
        string[] culprits = report.StartsWith("Hold", StringComparison.Ordinal) ? ["bad", nameof(FailKind.Timeout)] : ["bad"];
        Assert.That(log.Fails.Select(f => f.Reason.Component ?? f.Reason.Kind.ToString()).Distinct(), Is.SubsetOf(culprits));
        Assert.That(result.Errors.Select(e => e.Component), Is.All.EqualTo("bad").And.Not.Empty);
        Assert.That(result.Errors[0].ToString(), Does.StartWith($"bad[{result.Errors[0].Task}] {report}"));
    }

    private static void AddGood(TopologyBuilder topology, SpoutLog log)
    {
        topology.SetSpout("beside", () => new NumberSpout(long.MaxValue, log));
        topology.SetBolt("good", static () => new FaultyBasicBolt((tuple, output) => output.Emit(tuple[0]), "number")).ShuffleGrouping("beside");
        topology.SetBolt("behind", static () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("good");
    }

    /// <summary>How many tuples a neighbour on the same loop gets done in a certain time. The run is stopped then.</summary>
    private static long RateBeside(Action<TopologyBuilder, SpoutLog> add, out SpoutLog log, out RunResult result)
    {
        var (neighbour, other) = (new SpoutLog(), new SpoutLog());
        log = other;
        using var cluster = new SimulatedCluster(new SimulationOptions { Seed = 7 });
        var run = cluster.Submit(new BuiltTopology(topology =>
        {
            topology.Options = topology.Options with
            {
                EventLoops = 1,
                MaxSpoutPending = 1_000,
                MaxValueBytes = 1_000,
                OutboxLimit = 1_000,
                MessageTimeout = TimeSpan.FromSeconds(1),
                DrainTimeout = TimeSpan.FromSeconds(10),
            };
            topology.SetSpout("numbers", () => new NumberSpout(long.MaxValue, neighbour));
            topology.SetBolt("neighbour", static () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("numbers");
            add(topology, other);
        }));
        cluster.RunUntil(() => cluster.Time.Elapsed >= Span);
        var done = neighbour.Acked;
        run.RequestStop();
        result = run.RunToCompletion();
        neighbour.ShouldBeAckedOnce(neighbour.Emitted);
        return done;
    }

    /// <summary>A spout whose emits are counted when they have not been refused.</summary>
    private static FaultySpout Bad(SpoutLog log, Action<SpoutOutput<long>, Action> nextTuple, Action acked)
    {
        var next = 0L;
        return new FaultySpout(
            output => nextTuple(output, () =>
            {
                output.Emit(next, next);
                next++;
                log.Emit();
            }),
            "number")
        {
            OnAck = id =>
            {
                log.Ack(id);
                acked();
            },
            OnFail = log.Fail,
        };
    }

    private static void Throw() => throw new InvalidOperationException("no");

    private static void DoNothing()
    {
    }

    private static void LeaveUnanswered(TupleView tuple, BoltOutput output)
    {
    }

    private static void ThrowOnEveryThird(TupleView tuple, BoltOutput output)
    {
        if (tuple[0].AsInt64() % 3 == 0) Throw();
        output.Ack(tuple);
    }

    private static void AckTwice(TupleView tuple, BoltOutput output)
    {
        output.Ack(tuple);
        output.Ack(tuple);
    }

    private static void EmitTenThousand(TupleView tuple, BoltOutput output)
    {
        for (var i = 0; i < 10_000; i++) output.Emit(tuple, i);
    }

    private static void EmitAndThrow(SpoutOutput<long> output, Action emit)
    {
        if (output.Remaining == 0) return;
        emit();
        Throw();
    }

    private static void EmitWhatThereIsRoomFor(SpoutOutput<long> output, Action emit)
    {
        for (var room = output.Remaining; room > 0; room--) emit();
    }

    private static void EmitForEver(SpoutOutput<long> output, Action emit)
    {
        while (true) emit();
    }
}
