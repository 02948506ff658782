using Topology.Engine;

namespace Topology.Cluster.Tests;

public sealed class CycleTests
{
    [Test]
    public async Task A_cycle_that_amplifies_by_two_fails_the_run_and_is_named([Values(1, 2)] int loops)
    {
        var result = await Running.RunAsync(topology =>
        {
            topology.Options = topology.Options with { EventLoops = loops, FeedbackLimit = 20_000 };
            topology.SetSpout("numbers", () => new NumberSpout(10, new SpoutLog()));
            topology.SetBolt("ahead", () => Emits(1)).ShuffleGrouping("numbers").ShuffleGrouping("back");
            topology.SetBolt("back", () => Emits(2)).ShuffleGrouping("ahead");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Failed));
        Assert.That(result.IsLossless, Is.False);
        Assert.That(result.Failure?.Message, Does.StartWith("The cycle that back closes by sending to ahead grew to 20,000 tuples: it emits more than it takes in."));
    }

    [Test]
    public async Task A_bolt_that_feeds_itself_twice_over_fails_the_run_and_is_named()
    {
        var result = await Running.RunAsync(topology =>
        {
            topology.Options = topology.Options with { FeedbackLimit = 20_000 };
            topology.SetSpout("numbers", () => new NumberSpout(1, new SpoutLog()));
            topology.SetBolt("self", () => Emits(2), parallelism: 2).ShuffleGrouping("numbers").ShuffleGrouping("self");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Failed));
        Assert.That(result.Failure?.Message, Does.StartWith("The cycle that self closes by sending to self grew to 20,000 tuples"));
    }

    [Test]
    public async Task A_cycle_that_does_not_amplify_ends([Values(1, 2)] int loops)
    {
        const int Count = 2000;
        const int Rounds = 10;
        var log = new SpoutLog();
        var ends = new Tally(Count);
        var result = await Running.RunAsync(topology =>
        {
            topology.Options = topology.Options with { EventLoops = loops, ChannelCapacity = 32 };
            topology.SetSpout("numbers", () => new NumberSpout(Count, log));
            topology.SetBolt("start", () => new FaultyBasicBolt((tuple, output) => output.Emit(tuple[0], Rounds), "number", "left")).ShuffleGrouping("numbers");
            topology.SetBolt("ahead", Relay, parallelism: 2).ShuffleGrouping("start").FieldsGrouping("back", "number");
            topology.SetBolt("back", () => new FaultyBasicBolt(
                (tuple, output) =>
                {
                    var left = tuple[1].AsInt64() - 1;
                    if (left > 0) output.Emit(tuple[0], left);
                    else ends.Add(tuple[0].AsInt64());
                },
                "number",
                "left")).ShuffleGrouping("ahead");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        ends.ShouldHoldEach(1);
        log.ShouldBeAckedOnce(Count);
        Assert.That(result.Metrics["ahead"].Executed, Is.EqualTo(Count * Rounds));
    }

    private static FaultyBasicBolt Emits(int times) => new(
        (tuple, output) =>
        {
            for (var i = 0; i < times; i++) output.Emit(tuple[0]);
        },
        "number");

    private static FaultyBasicBolt Relay() => new((tuple, output) => output.Emit(tuple[0], tuple[1]), "number", "left");
}
