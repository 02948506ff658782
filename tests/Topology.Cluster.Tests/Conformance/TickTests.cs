using Topology.Testing;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>Storm's <c>TickTupleTest</c>.</summary>
[TestFixture(StageKind.OneLoop)]
[TestFixture(StageKind.TwoLoops)]
[TestFixture(StageKind.Simulated)]
public sealed class TickTests(StageKind kind)
{
    /// <summary>Storm demands at least one tick and at most three each 30 s; on manual time it is one, exactly.</summary>
    [Test]
    public async Task Each_task_gets_a_tick_at_each_interval_and_nothing_else()
    {
        var recorder = new Recorder();
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("spout", () => new FeederSpout(new Feeder(["value"])));
            topology.SetBolt("bolt", () => Recording(recorder), parallelism: 2).SetTasks(3).ShuffleGrouping("spout").TickEvery(TimeSpan.FromSeconds(30));
        });

        for (var ticks = 1; ticks <= 5; ticks++)
        {
            stage.Advance(29.999);
            Assert.That(recorder.All, Has.Length.EqualTo(3 * (ticks - 1)));
            stage.Advance(0.001);
            Assert.That(recorder.CountsByTask, Is.EqualTo(new[] { ticks, ticks, ticks }));
        }

        var tick = recorder.All[0];
        Assert.That((tick.Source.Component, tick.Source.Stream, tick.Source.Task), Is.EqualTo((TupleSource.System, TupleSource.Tick, -1)));
        Assert.That(tick.Values.Single().AsDuration(), Is.EqualTo(TimeSpan.FromSeconds(30)));
        Assert.That(stage.Metrics["bolt"].Executed, Is.Zero, "Ticks are no tuples of anybody's.");
    }

    [Test]
    public async Task Ticks_that_were_missed_are_not_made_up_for()
    {
        var recorder = new Recorder();
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("spout", () => new FeederSpout(new Feeder(["value"])));
            topology.SetBolt("bolt", () => Recording(recorder)).ShuffleGrouping("spout").TickEvery(TimeSpan.FromSeconds(1));
        });

        stage.Advance(60);

        // A simulation's clock goes from moment to moment and passes over none.
        Assert.That(recorder.All, Has.Length.EqualTo(kind == StageKind.Simulated ? 60 : 1));
    }

    [Test]
    public async Task A_tick_is_in_no_tree_and_needs_no_answer()
    {
        var (fromTick, errors) = (new Recorder(), new List<string>());
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("spout", () => new FeederSpout(new Feeder(["value"])));
            topology.SetBolt("bolt", () => new InlineBolt(["value"], (tuple, output) =>
            {
                output.Emit(tuple, 1);
                try
                {
                    output.Ack(tuple);
                }
                catch (AnswerException error)
                {
                    errors.Add(error.Message);
                }
            })).ShuffleGrouping("spout").TickEvery(TimeSpan.FromSeconds(1));
            topology.SetBolt("sink", () => new RecordingBolt(fromTick)).ShuffleGrouping("bolt");
        });

        stage.Advance(1);

        Assert.That(fromTick.Texts, Is.EqualTo(new[] { "1" }));
        // In Storm an ack of a tick does nothing; here it is a mistake, since an ack of what cannot be acked is one elsewhere.
        Assert.That(errors.Single(), Does.Contain("needs no answer"));
        Assert.That(stage.Errors.Length, Is.Zero);
    }

    [Test]
    public async Task An_inactive_topology_has_its_ticks_and_a_stopped_one_none()
    {
        var recorder = new Recorder();
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("spout", () => new FeederSpout(new Feeder(["value"])));
            topology.SetBolt("bolt", () => Recording(recorder)).ShuffleGrouping("spout").TickEvery(TimeSpan.FromSeconds(1));
        });

        stage.Deactivate();
        stage.Advance(1);
        Assert.That(recorder.All, Has.Length.EqualTo(1));

        await stage.StopAsync();
        stage.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(recorder.All, Has.Length.EqualTo(1));
    }

    private static InlineBolt Recording(Recorder recorder)
    {
        var task = 0;
        return new InlineBolt([], (tuple, _) => recorder.Add(new Record(task, tuple.Source, tuple.ToArray())))
        {
            Prepared = context => task = context.Task,
        };
    }
}
