using Topology.Engine;

namespace Topology.Cluster.Tests;

/// <summary>User code that misbehaves in the places where the engine asks about its misbehaviour.</summary>
public sealed class HostileCodeTests
{
    [Test]
    public async Task An_exception_that_throws_when_asked_for_its_message_fails_its_tuple([Values] ErrorPolicy policy)
    {
        var log = new SpoutLog();
        var seen = new Tally(10);
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(10, log));
            topology.SetBolt("hostile", () => new FaultyBasicBolt((tuple, _) =>
            {
                if (tuple[0].AsInt64() == 4) throw new SpeechlessException();
            })).OnError(policy).ShuffleGrouping("numbers");
            topology.SetBolt("good", seen.Bolt).ShuffleGrouping("numbers");
            topology.SetBolt("letters", () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("hostile", policy == ErrorPolicy.DeadLetter ? StreamId.DeadLetter : StreamId.Default);
        });

        Assert.That(result.State, Is.EqualTo(policy == ErrorPolicy.StopTopology ? RunState.Failed : RunState.Completed));
        Assert.That(result.Errors.Single().Error, Is.TypeOf<SpeechlessException>());
        Assert.That(result.Errors.Single().ToString(), Does.StartWith("hostile[2] Execute on (4): SpeechlessException"));
        if (policy == ErrorPolicy.StopTopology)
        {
            Assert.That(result.Failure?.Message, Does.StartWith("hostile[2] threw in Execute, and its error policy stops the topology: SpeechlessException"));
            return;
        }

        seen.ShouldHoldEach(1);
        Assert.That(log.Answered, Is.EqualTo(10));
        Assert.That(log.FailedIds, Is.EqualTo(policy == ErrorPolicy.DeadLetter ? Array.Empty<long>() : [4L]));
    }

    [Test]
    public async Task An_exception_that_throws_when_asked_for_its_message_may_come_from_anywhere()
    {
        var log = new SpoutLog();
        var polls = 0;
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(10, log));
            topology.SetSpout("hostile", () => new FaultySpout(_ => throw (polls++ == 0 ? new SpeechlessException() : new InvalidOperationException()), "number")
            {
                Exhausted = () => polls > 0,
                OnClose = () => throw new SpeechlessException(),
            });
            topology.SetBolt("async", () => new FaultyAsyncBolt(1, async (_, _, _) =>
            {
                await Task.Yield();
                throw new SpeechlessException();
            })).ShuffleGrouping("numbers");
            topology.SetBolt("bolt", () => new FaultyBasicBolt((_, _) => { })
            {
                OnFinish = _ => throw new SpeechlessException(),
                OnCleanup = () => throw new SpeechlessException(),
            }).ShuffleGrouping("numbers");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(log.Failed, Is.EqualTo(10));
        Assert.That(result.Metrics["bolt"].Errors, Is.EqualTo(2));
        Assert.That(result.Metrics["hostile"].Errors, Is.EqualTo(2));
    }

    [Test]
    public async Task An_exception_that_throws_when_asked_for_its_message_in_Prepare_fails_the_run()
    {
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(10, new SpoutLog()));
            topology.SetBolt("bolt", () => new FaultyBasicBolt((_, _) => { }) { OnPrepare = _ => throw new SpeechlessException() }).ShuffleGrouping("numbers");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Failed));
        Assert.That(result.Failure?.Message, Does.StartWith("bolt[1] threw in Prepare: SpeechlessException"));
    }

    [Test]
    public async Task A_logger_that_throws_changes_nothing()
    {
        var log = new SpoutLog();
        var result = await Running.RunAsync(
            topology =>
            {
                topology.SetSpout("numbers", () => new NumberSpout(10, log));
                topology.SetBolt("bad", () => new FaultyBasicBolt((_, _) => throw new InvalidOperationException("always"))).ShuffleGrouping("numbers");
            },
            new LocalClusterOptions { Loggers = new ThrowingLoggers() });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(log.Failed, Is.EqualTo(10));
        Assert.That(result.Metrics["bad"].Errors, Is.EqualTo(10));
    }
}
