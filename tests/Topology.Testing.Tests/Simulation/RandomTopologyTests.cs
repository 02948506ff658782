using Topology.Engine;

namespace Topology.Testing.Tests;

public sealed class RandomTopologyTests
{
    private const int Seeds = 60;

    [Test]
    public void Whatever_chance_wires_and_in_whatever_order_it_runs_each_record_is_done_once()
    {
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            var topology = new RandomTopology(seed);
            using var cluster = new SimulatedCluster(topology.Simulation);
            var run = cluster.Submit(topology);
            cluster.RunUntil(() => run.Result is not null, TimeSpan.FromDays(1));
            var result = run.Result!;
            Assert.That((result.State, result.IsLossless), Is.EqualTo((RunState.Completed, true)), $"seed {seed}");
            Assert.That(result.Metrics["numbers"].Acked, Is.EqualTo(topology.Records * run.Plan["numbers"].Tasks), $"seed {seed}");
            foreach (var done in topology.Done) Assert.That(done.Order(), Is.EqualTo(Enumerable.Range(1, topology.Records)), $"seed {seed}");
        }
    }

    [Test]
    public void Whenever_a_run_is_stopped_it_ends_and_what_was_answered_for_is_consistent()
    {
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            var topology = new RandomTopology(seed);
            using var cluster = new SimulatedCluster(topology.Simulation);
            var run = cluster.Submit(topology);
            for (var steps = 7 * seed; steps > 0 && cluster.Step(); steps--)
            {
            }

            run.RequestStop(Timeout.InfiniteTimeSpan);
            cluster.RunUntil(() => run.Result is not null, TimeSpan.FromDays(1));
            var metrics = run.Result!.Metrics;
            Assert.That(run.State, Is.EqualTo(RunState.Stopped).Or.EqualTo(RunState.Completed), $"seed {seed}");
            Assert.That(metrics["numbers"].Emitted, Is.EqualTo(metrics["numbers"].Acked + metrics["numbers"].Failed), $"seed {seed}");
            Assert.That(metrics["triple"].Executed, Is.EqualTo(metrics["numbers"].Emitted), $"seed {seed}");
            Assert.That(metrics["pass"].Executed, Is.EqualTo(metrics["triple"].Transferred), $"seed {seed}");
        }
    }
}
