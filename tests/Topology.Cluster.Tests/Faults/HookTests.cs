using Topology.Engine;

namespace Topology.Cluster.Tests;

public sealed class HookTests
{
    [Test]
    public async Task Hooks_see_what_their_task_does_in_order()
    {
        var spout = new RecordingHook();
        var bolt = new RecordingHook();
        var next = 0;
        await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new FaultySpout(output => output.Emit(next, next++), "number") { Exhausted = () => next == 2, OnOpen = c => c.AddHook(spout) }).MaxSpoutPending(1);
            topology.SetBolt("relay", () => new FaultyBasicBolt(
                (tuple, output) =>
                {
                    if (tuple[0].AsInt64() == 1) throw new FailTupleException("one");
                    output.Emit(tuple[0]);
                },
                "number")
            { OnPrepare = c => c.AddHook(bolt) }).ShuffleGrouping("numbers");
            topology.SetBolt("sink", () => new FaultyBasicBolt((_, _) => { })).SetTasks(3).AllGrouping("relay");
        });

        Assert.That(spout.Calls, Is.EqualTo([
            "emitted 0 on default to 1", "tree acked", "emitted 1 on default to 1", "tree failed: failed in relay[2]: one", "cleanup"]));
        Assert.That(bolt.Calls, Is.EqualTo(["emitted 0 on default to 3", "acked", "executed from numbers", "executed from numbers", "failed: failed in relay[2]: one", "cleanup"]));
    }

    [Test]
    public async Task Hooks_that_throw_are_reported_and_change_nothing()
    {
        var log = new SpoutLog();
        var received = new Tally(100);
        var next = 0;
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new FaultySpout(output => output.Emit(next, next++), "number")
            {
                Exhausted = () => next == 100,
                OnOpen = c => c.AddHook(new ThrowingHook()),
                OnAck = log.Ack,
                OnFail = log.Fail,
            });
            topology.SetBolt("relay", () => new FaultyBasicBolt(
                (tuple, output) =>
                {
                    if (tuple[0].AsInt64() % 2 == 1) throw new FailTupleException("odd");
                    output.Emit(tuple[0]);
                },
                "number")
            { OnPrepare = c => c.AddHook(new ThrowingHook()) }).ShuffleGrouping("numbers");
            topology.SetBolt("count", received.Bolt).ShuffleGrouping("relay");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That((log.Acked, log.Failed), Is.EqualTo((50, 50)));
        Assert.That(received.Total, Is.EqualTo(50));
        Assert.That(result.Errors.Select(e => e.Call).Distinct(), Is.EqualTo(["Hook"]));
        // Each tuple: the emit, the tree's end; in the bolt the emit of half of them, the answer and the execute; and a cleanup each.
        Assert.That(result.Metrics["numbers"].Errors, Is.EqualTo(100 + 100 + 1));
        Assert.That(result.Metrics["relay"].Errors, Is.EqualTo(50 + 100 + 100 + 1));
    }

    [Test]
    public async Task A_restarted_instance_starts_without_the_hooks_of_the_one_before()
    {
        var hooks = new List<RecordingHook>();
        await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(4, new SpoutLog()));
            topology.SetBolt("frail", () => new FaultyBasicBolt((tuple, _) =>
            {
                if (tuple[0].AsInt64() == 1) throw new InvalidOperationException("broken");
            })
            {
                OnPrepare = context =>
                {
                    hooks.Add(new RecordingHook());
                    context.AddHook(hooks[^1]);
                },
            }).OnError(ErrorPolicy.RestartTask).ShuffleGrouping("numbers");
        });

        Assert.That(hooks, Has.Count.EqualTo(2));
        Assert.That(hooks[0].Calls, Is.EqualTo(["acked", "executed from numbers", "executed from numbers", "failed: bolt error in frail[1]: InvalidOperationException: broken", "cleanup"]));
        Assert.That(hooks[1].Calls, Is.EqualTo(["acked", "executed from numbers", "acked", "executed from numbers", "cleanup"]));
    }
}
