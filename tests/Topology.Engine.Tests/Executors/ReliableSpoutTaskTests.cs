namespace Topology.Engine.Tests;

public sealed class ReliableSpoutTaskTests
{
    private readonly List<long> _acked = [];
    private readonly List<string> _refused = [];

    [SetUp]
    public void SetUp()
    {
        _acked.Clear();
        _refused.Clear();
    }

    /// <summary>A stream that goes to one task takes another way than one that goes to several.</summary>
    [Test]
    public void As_many_tuples_as_the_outbox_limit_allows_may_be_emitted_while_downstream_is_full([Values] bool toAll, [Values] Delivery delivery)
    {
        const int Limit = 10;
        var isDone = false;
        var simulation = Start(toAll, options => options with { OutboxLimit = Limit, ChannelCapacity = 1, Delivery = delivery }, output =>
        {
            if (isDone) return;
            isDone = true;
            // The first takes the credit and the second overdraws it; the others are counted.
            for (var i = 0; i < 2 + Limit + 1; i++) TryEmit(output, i);
        });
        Assert.That(_refused, Has.Count.EqualTo(1));
        Assert.That(_refused[0], Does.Contain("topology.outbox-limit"));
        simulation.Settle();
        Assert.That(_acked, Is.EquivalentTo(Enumerable.Range(0, 2 + Limit)));
    }

    [Test]
    public void Max_spout_pending_is_exact([Values] bool toAll, [Values(1, 3, 64)] int maxPending)
    {
        var emitted = 0;
        var simulation = Start(toAll, options => options with { MaxSpoutPending = maxPending, ChannelCapacity = 1_000 }, output =>
        {
            if (emitted > 0) return;
            Assert.That(output.Remaining, Is.EqualTo(maxPending));
            for (; output.Remaining > 0; emitted++) TryEmit(output, emitted);
            TryEmit(output, -1);
        });
        Assert.That(emitted, Is.EqualTo(maxPending));
        Assert.That(_refused, Has.Count.EqualTo(1));
        Assert.That(_refused[0], Does.Contain("max-spout-pending"));
        simulation.Settle();
        Assert.That(_acked, Has.Count.EqualTo(maxPending));
        Assert.That(simulation.Worker.Spouts[0].Pending, Is.Zero);
    }

    [Test]
    public void An_emit_that_is_refused_leaves_nothing_pending([Values] bool toAll)
    {
        var simulation = Start(toAll, options => options, output =>
        {
            try
            {
                output.Emit(1, 1, 2);
            }
            catch (EmitException exception)
            {
                _refused.Add(exception.Message);
            }
        });
        Assert.That(_refused, Is.Not.Empty);
        Assert.That(simulation.Worker.Spouts[0].Pending, Is.Zero);
    }

    [Test]
    public void A_tree_without_a_receiver_is_complete_at_once()
    {
        var emitted = 0;
        var simulation = new Simulation(topology => topology.SetSpout("spout", () => new InlineSpout(output =>
        {
            if (emitted < 5) output.Emit(emitted, emitted++);
        })
        { Acked = _acked.Add })).Start();
        simulation.Settle();
        Assert.That(_acked, Is.EqualTo(Enumerable.Range(0, 5)));
    }

    private void TryEmit(SpoutOutput<long> output, int number)
    {
        try
        {
            output.Emit(number, number);
        }
        catch (EmitException exception)
        {
            _refused.Add(exception.Message);
        }
    }

    /// <summary>Starts a run and has the spout asked once; its bolt does not run until it settles.</summary>
    private Simulation Start(bool toAll, Func<TopologyOptions, TopologyOptions> options, Action<SpoutOutput<long>> next)
    {
        var isOpen = false;
        var simulation = new Simulation(topology =>
        {
            topology.Options = options(topology.Options) with { EventLoops = 2 };
            topology.SetSpout("spout", () => new InlineSpout(output =>
            {
                if (isOpen) next(output);
            })
            { Acked = _acked.Add });
            var bolt = topology.SetBolt("bolt", () => new InlineBolt((tuple, output) => output.Ack(tuple)));
            if (toAll) bolt.AllGrouping("spout");
            else bolt.ShuffleGrouping("spout");
        }).Start();
        simulation.Settle();
        isOpen = true;
        simulation.Time.Advance(TimeSpan.FromMilliseconds(10));
        simulation.Worker.Spouts[0].Home.RunOnce();
        return simulation;
    }
}
