using System.Collections.Concurrent;
using Topology.Engine;

namespace Topology.Cluster.Tests;

public sealed class LayoutTests
{
    [Test]
    public async Task Counts_are_exact_over_several_stages_whatever_the_number_of_loops([Values(1, 2, 4)] int loops, [Values(0, 1, 3)] int ackers)
    {
        const int Count = 20_000;
        var log = new SpoutLog();
        var split = new Tally(Count);
        var totals = new ConcurrentDictionary<long, long>();
        var result = await Running.RunAsync(topology =>
        {
            topology.Options = topology.Options with { EventLoops = loops, Ackers = ackers };
            topology.SetSpout("numbers", () => new NumberSpout(Count, log), parallelism: 2).SetTasks(3);
            topology.SetBolt("split", () => new FaultyBasicBolt(
                (tuple, output) =>
                {
                    split.Add(tuple[0].AsInt64());
                    for (var i = 0; i < 3; i++) output.Emit((tuple[0].AsInt64() + i) % 10, tuple[0]);
                },
                "digit",
                "number"), parallelism: 2).SetTasks(5).ShuffleGrouping("numbers");
            topology.SetBolt("count", () => Counts(totals), parallelism: 2).SetTasks(3).FieldsGrouping("split", "digit");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(result.IsLossless, Is.True);
        split.ShouldHoldEach(1);
        log.ShouldBeAckedOnce(Count);
        Assert.That(totals, Has.Count.EqualTo(10));
        Assert.That(totals.Values, Is.All.EqualTo(3 * Count / 10));
        Assert.That(result.Metrics["count"].Executed, Is.EqualTo(3 * Count));
    }

    [Test]
    public async Task The_tasks_of_an_executor_have_numbers_state_and_instances_of_their_own()
    {
        var contexts = new ConcurrentBag<(int Index, int Task, int Count)>();
        var tally = new TaskTally(5, 100);
        var states = new ConcurrentDictionary<int, int>();
        await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(100, new SpoutLog()));
            topology.SetBolt("sink", () =>
            {
                var index = -1;
                KeyedState<long, int> state = null!;
                return new FaultyBasicBolt((tuple, _) => states[index] = ++state.For(0))
                {
                    OnPrepare = context =>
                    {
                        contexts.Add((index = context.TaskIndex, context.Task, context.TaskCount));
                        state = context.KeyedState<long, int>("seen");
                    },
                };
            }, parallelism: 2).SetTasks(5).ShuffleGrouping("numbers");
        });

        Assert.That(contexts.OrderBy(c => c.Index), Is.EqualTo(Enumerable.Range(0, 5).Select(i => (i, i + 2, 5))));
        Assert.That(states.Values, Is.All.EqualTo(20));
    }

    [Test]
    public async Task Two_runs_in_one_cluster_do_not_meet()
    {
        const int Count = 5000;
        SpoutLog[] logs = [new(), new()];
        Tally[] tallies = [new(Count), new(Count)];
        await using var cluster = new TestCluster();
        var runs = logs.Select((log, i) => cluster.Submit(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(Count, log));
            topology.SetBolt("relay", () => new FaultyBasicBolt(
                (tuple, output) =>
                {
                    if (i == 0 && tuple[0].AsInt64() % 2 == 0) throw new InvalidOperationException("only here");
                    output.Emit(tuple[0]);
                },
                "number"), parallelism: 2).ShuffleGrouping("numbers");
            topology.SetBolt("count", tallies[i].Bolt).FieldsGrouping("relay", "number");
        })).ToArray();
        var first = await runs[0].EndAsync();
        var second = await runs[1].EndAsync();

        Assert.That((logs[0].Acked, logs[0].Failed), Is.EqualTo((Count / 2, Count / 2)));
        Assert.That(first.Metrics["relay"].Errors, Is.EqualTo(Count / 2));
        logs[1].ShouldBeAckedOnce(Count);
        tallies[1].ShouldHoldEach(1);
        Assert.That(second.Errors, Is.Empty);
    }

    [Test]
    public async Task A_run_goes_on_when_another_of_its_cluster_is_stopped_or_fails()
    {
        SpoutLog[] logs = [new(), new(), new()];
        await using var cluster = new TestCluster();
        var runs = logs.Select((log, i) => cluster.Submit(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(long.MaxValue, log));
            topology.SetBolt("sink", () => new FaultyBasicBolt((tuple, _) =>
            {
                if (i == 2 && tuple[0].AsInt64() == 1000) throw new InvalidOperationException("end");
            })).OnError(ErrorPolicy.StopTopology).ShuffleGrouping("numbers");
        })).ToArray();
        var failed = await runs[2].EndAsync();
        var stop = runs[1].StopAsync();
        await runs[1].UntilAsync(() => stop.IsCompleted, "the second to stop");
        var before = logs[0].Acked;
        await runs[0].UntilAsync(() => logs[0].Acked > before + 1000, "the first to go on");

        Assert.That(failed.State, Is.EqualTo(RunState.Failed));
        Assert.That(runs[0].State, Is.EqualTo(RunState.Active));
    }

    private static FaultyBasicBolt Counts(ConcurrentDictionary<long, long> totals) =>
        new((tuple, _) => totals.AddOrUpdate(tuple[0].AsInt64(), 1, static (_, count) => count + 1));
}
