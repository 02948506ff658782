namespace Topology.Engine.Tests;

/// <summary>A spout whose trees all fail at once, since a generation is over.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FailPendingTests
{
    private readonly List<(long Number, FailReason Reason)> _failed = [];
    private readonly List<long> _acked = [];
    private readonly Queue<HeldTuple> _held = new();
    private BoltOutput _output = null!;
    private int _made;

    [Test]
    public void Every_tree_fails_once_with_the_reason_and_the_spout_rests_until_it_is_made_active()
    {
        var simulation = Start(ErrorPolicy.FailTuple, _ => { });
        Assert.That(_held, Has.Count.EqualTo(5));
        simulation.Coordinator.FailPending(FailKind.LinkLost);
        simulation.Coordinator.FailPending(FailKind.WorkerLost);
        simulation.Settle();
        Assert.That(_failed, Is.EqualTo(Enumerable.Range(0, 5).Select(number => ((long)number, new FailReason(FailKind.LinkLost)))));
        Assert.That(simulation.Worker.Spouts[0].Pending, Is.Zero);
        Assert.That(simulation.Worker.Spouts[0].Tasks[0].Counters.Failed[(int)FailKind.LinkLost], Is.EqualTo(5));
        simulation.Advance(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(10));
        Assert.That(_held, Has.Count.EqualTo(5), "It is not asked.");

        simulation.Coordinator.SetActive(true);
        simulation.Settle();
        Assert.That(_held, Has.Count.EqualTo(10));
        while (_held.TryDequeue(out var tuple)) _output.Ack(tuple);
        simulation.Worker.WakeAll();
        simulation.Settle();
        Assert.That(_acked.Take(5), Is.EqualTo(new[] { 5, 6, 7, 8, 9 }));
        Assert.That(simulation.Worker.Ackers[0].Late, Is.EqualTo(5));
    }

    [TestCase(ErrorPolicy.FailTuple, 5)]
    [TestCase(ErrorPolicy.RestartTask, 2)]
    public void An_exception_of_the_user_s_Fail_keeps_the_other_trees_from_nobody_who_lives(ErrorPolicy policy, int told)
    {
        var simulation = Start(policy, number =>
        {
            if (number == 1) throw new InvalidDataException("no");
        });
        simulation.Coordinator.FailPending(FailKind.WorkerLost);
        simulation.Settle();
        Assert.That(_failed, Has.Count.EqualTo(told));
        Assert.That(_made, Is.EqualTo(policy == ErrorPolicy.RestartTask ? 2 : 1));
        Assert.That(simulation.Worker.Spouts[0].Tasks[0].Lost, Is.EqualTo(5 - told));
        Assert.That(simulation.Worker.Spouts[0].Pending, Is.Zero);
    }

    private Simulation Start(ErrorPolicy policy, Action<long> failed)
    {
        var next = 0L;
        var simulation = new Simulation(topology =>
        {
            topology.Options = topology.Options with { MaxSpoutPending = 5 };
            topology.SetSpout("spout", () => new InlineSpout(output =>
            {
                while (output.Remaining > 0) output.Emit(next, next++);
            })
            {
                Opened = _ => _made++,
                Acked = _acked.Add,
                Failed = (number, reason) =>
                {
                    _failed.Add((number, reason));
                    failed(number);
                },
            }).OnError(policy);
            topology.SetBolt("bolt", () => new InlineBolt((tuple, output) =>
            {
                _output = output;
                _held.Enqueue(output.Hold(tuple));
            })).ShuffleGrouping("spout");
        }).Start();
        simulation.Settle();
        return simulation;
    }
}
