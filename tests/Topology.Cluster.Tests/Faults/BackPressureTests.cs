using Topology.Engine;
using Topology.Testing;

namespace Topology.Cluster.Tests;

public sealed class BackPressureTests
{
    [Test]
    public async Task Every_tuple_gets_through_narrow_channels([Values(1, 2, 4)] int loops, [Values(1, 3, 64)] int capacity)
    {
        // Time stands still, so that a tuple that is stuck stays stuck and no timeout comes to its help.
        const int Count = 10_000;
        var log = new SpoutLog();
        var tallies = Enumerable.Range(0, 3).Select(_ => new Tally(Count)).ToArray();
        var result = await Running.RunAsync(
            topology =>
            {
                topology.Options = topology.Options with { EventLoops = loops, ChannelCapacity = capacity };
                topology.SetSpout("numbers", () => new NumberSpout(Count, log));
                topology.SetBolt("first", tallies[0].Relay, parallelism: 2).ShuffleGrouping("numbers");
                topology.SetBolt("second", tallies[1].Relay, parallelism: 2).FieldsGrouping("first", "number");
                topology.SetBolt("third", tallies[2].Bolt).ShuffleGrouping("second");
            },
            new LocalClusterOptions { Time = new ManualTime() });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        log.ShouldBeAckedOnce(Count);
        foreach (var tally in tallies) tally.ShouldHoldEach(1);
    }

    [Test]
    public async Task A_bolt_whose_debt_is_paid_before_its_turn_ends_goes_on_with_its_rows()
    {
        // Every row overdraws its channel of 256, and waits inside Execute until the other loop has worked most of it off.
        const int Rows = 50;
        const int PerRow = 300;
        var log = new SpoutLog();
        var received = new Tally(PerRow);
        var result = await Running.RunAsync(
            topology =>
            {
                topology.Options = topology.Options with { EventLoops = 3, ChannelCapacity = 256, BlockedAfter = Timeout.InfiniteTimeSpan };
                topology.SetSpout("numbers", () => new NumberSpout(Rows, log));
                topology.SetBolt("fan", () => new FaultyBasicBolt(
                    (_, output) =>
                    {
                        var enough = received.Total + 256;
                        for (var i = 0; i < PerRow; i++) output.Emit(i);
                        // A batch of 256 has left at the least, since those before it left some of theirs open.
                        Running.Await(() => received.Total >= enough, "the batch to be worked off");
                    },
                    "number")).ShuffleGrouping("numbers");
                topology.SetBolt("sink", received.Bolt).ShuffleGrouping("fan");
            },
            new LocalClusterOptions { Time = new ManualTime() });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        received.ShouldHoldEach(Rows);
        log.ShouldBeAckedOnce(Rows);
    }
}
