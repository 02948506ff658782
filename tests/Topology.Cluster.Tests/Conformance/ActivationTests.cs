using Topology.Engine;
using Topology.Testing;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>Storm's <c>testSubmitInactiveTopology</c>, and what activating and deactivating means for spouts and bolts.</summary>
[TestFixture(StageKind.OneLoop)]
[TestFixture(StageKind.TwoLoops)]
[TestFixture(StageKind.Simulated)]
public sealed class ActivationTests(StageKind kind)
{
    private readonly Lock _lock = new();
    private readonly List<string> _calls = [];

    [SetUp]
    public void Forget() => _calls.Clear();

    [Test]
    public async Task A_topology_submitted_inactive_opens_and_prepares_nothing_until_it_is_activated()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Start(feeder, active: false);
        feeder.Feed("a");

        stage.Advance(20);
        Assert.That(stage.State, Is.EqualTo(RunState.Inactive));
        Assert.That(_calls, Is.Empty);

        stage.Activate();
        Assert.That(feeder.AckedTexts(), Is.EqualTo(new[] { "a" }));
        Assert.That(_calls, Is.EquivalentTo(new[] { "open", "prepare", "prepare" }));
    }

    [Test]
    public async Task A_topology_stopped_before_it_was_activated_cleans_nothing_up()
    {
        await using var stage = Start(new Feeder(["value"]), active: false);

        var result = await stage.StopAsync();

        Assert.That(result.State, Is.EqualTo(RunState.Stopped));
        Assert.That(_calls, Is.Empty);
    }

    [Test]
    public async Task A_deactivated_spout_is_told_once_and_not_asked_while_bolts_work_on()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Start(feeder);
        feeder.Feed("held");
        stage.Settle();

        stage.Deactivate();
        stage.Deactivate();
        feeder.Feed("later");
        stage.Advance(1);
        Assert.That(stage.State, Is.EqualTo(RunState.Inactive));
        Assert.That(_calls.Where(c => c.EndsWith("activate", StringComparison.Ordinal)), Is.EqualTo(new[] { "deactivate" }));
        Assert.That(feeder.AckedTexts(), Is.EqualTo(new[] { "held" }), "The bolt's tick acks what it holds, and the spout hears of it.");
        Assert.That(stage.Metrics["spout"].Emitted, Is.EqualTo(1));

        stage.Activate();
        stage.Advance(1);
        Assert.That(_calls.Where(c => c.EndsWith("activate", StringComparison.Ordinal)), Is.EqualTo(new[] { "deactivate", "activate" }));
        Assert.That(feeder.AckedTexts(), Is.EqualTo(new[] { "held", "later" }));
    }

    [Test]
    public async Task Each_component_is_cleaned_up_once()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Start(feeder);

        await stage.StopAsync();
        await stage.StopAsync();

        Assert.That(_calls, Is.EquivalentTo(new[] { "open", "prepare", "prepare", "close", "cleanup", "cleanup" }));
    }

    private Stage Start(Feeder feeder, bool active = true) => Stage.Start(
        kind,
        topology =>
        {
            topology.SetSpout("spout", () => new CallingSpout(feeder, Log));
            topology.SetBolt("bolt", () => new CallingBolt(Log), parallelism: 2).ShuffleGrouping("spout").TickEvery(TimeSpan.FromSeconds(1));
        },
        active: active);

    private void Log(string call)
    {
        lock (_lock) _calls.Add(call);
    }

    private sealed class CallingSpout(Feeder feeder, Action<string> log) : ReliableSpout<FedTuple>
    {
        private readonly FeederSpout _spout = new(feeder);

        public override Fields Output => _spout.Output;

        public override void Open(SpoutContext context)
        {
            log("open");
            _spout.Open(context);
        }

        public override void NextTuple(SpoutOutput<FedTuple> output) => _spout.NextTuple(output);

        public override void Ack(FedTuple messageId) => _spout.Ack(messageId);

        public override void Fail(FedTuple messageId, FailReason reason) => _spout.Fail(messageId, reason);

        public override void Activate() => log("activate");

        public override void Deactivate() => log("deactivate");

        public override void Close()
        {
            log("close");
            _spout.Close();
        }
    }

    /// <summary>Acks what is held by its tick, and the rest at once.</summary>
    private sealed class CallingBolt(Action<string> log) : IBolt
    {
        private readonly List<HeldTuple> _held = [];

        public Fields Output => [];

        public void Prepare(BoltContext context) => log("prepare");

        public void Execute(TupleView tuple, BoltOutput output)
        {
            if (tuple.IsTick)
            {
                _held.ForEach(output.Ack);
                _held.Clear();
            }
            else if (tuple[0] == "held")
            {
                _held.Add(output.Hold(tuple));
            }
            else
            {
                output.Ack(tuple);
            }
        }

        public void Cleanup() => log("cleanup");
    }
}
