using Topology.Engine;
using Topology.Testing;

namespace Topology.Cluster.Tests;

/// <summary>Whatever becomes of a run, those that follow it with the same store bring every line.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RestartPropertyTests : IDisposable
{
    private const int Files = 7;
    private const int Seeds = 150;

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _lines = [];

    public RestartPropertyTests()
    {
        for (var file = 0; file < Files; file++)
        {
            var lines = Enumerable.Range(0, file * 9).Select(line => $"{file}.{line}").ToArray();
            _folder.Write($"{file}", string.Join('\n', lines) + (file % 2 == 0 ? "\n" : ""));
            _lines.AddRange(lines);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Test]
    public void Every_line_comes_at_least_once_wherever_runs_are_left_or_stopped()
    {
        var (restarts, resumed, repeated) = (0, 0, 0);
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var chance = new Random(seed);
            var store = new MemoryPositionStore();
            var seen = new List<string>();
            var clusters = new List<SimulatedCluster>();
            try
            {
                for (var life = 0; life < 4; life++, restarts++) clusters.Add(LiveAWhile(chance, store, seen));
                var before = seen.Count;
                clusters.Add(Cluster(chance, store));
                var result = Submit(clusters[^1], chance, seen).RunToCompletion();

                Assert.That((result.State, result.IsLossless), Is.EqualTo((RunState.Completed, true)), () => $"seed {seed}");
                Assert.That(_lines.Except(seen), Is.Empty, $"seed {seed}: lines are missing");
                if (seen.Count - before < _lines.Count) resumed++;
                if (seen.Count > _lines.Count) repeated++;
            }
            finally
            {
                foreach (var cluster in clusters) cluster.Dispose();
            }
        }

        Assert.That((restarts, resumed > Seeds / 2, repeated > Seeds / 2), Is.EqualTo((4 * Seeds, true, true)), "positions were used, and runs were cut");
    }

    /// <summary>Runs for a number of steps and leaves the run as it is, like a worker that was killed, or stops it.</summary>
    private SimulatedCluster LiveAWhile(Random chance, MemoryPositionStore store, List<string> seen)
    {
        var cluster = Cluster(chance, store);
        var run = Submit(cluster, chance, seen);
        for (var steps = chance.Next(600); steps > 0 && cluster.Step(); steps--)
        {
        }

        if (chance.Next(4) == 0) run.RequestStop(TimeSpan.FromMilliseconds(chance.Next(100)));
        for (var steps = chance.Next(100); steps > 0 && cluster.Step(); steps--)
        {
        }

        return cluster;
    }

    private static SimulatedCluster Cluster(Random chance, MemoryPositionStore store) => new(new SimulationOptions
    {
        Seed = (ulong)chance.NextInt64(1, long.MaxValue),
        StallChance = 0.02,
        LongestStall = TimeSpan.FromMilliseconds(30),
        Positions = store,
    });

    /// <summary>Two tasks of the spout, and a bolt that fails some lines and holds others for a while.</summary>
    private SimulatedRun Submit(SimulatedCluster cluster, Random chance, List<string> seen)
    {
        var held = new Queue<HeldTuple>();
        return cluster.Submit(new InlineTopology(topology =>
        {
            topology.Options = topology.Options with { PositionInterval = TimeSpan.FromMilliseconds(1), MaxSpoutPending = 10 };
            topology.SetSpout("numbers", () => new LinesSpout(new FilesInput(_folder.Path), new ReplayPolicy { MaxAttempts = int.MaxValue, InitialDelay = TimeSpan.FromMilliseconds(1) }), parallelism: 2);
            topology.SetBolt("sink", () => new FaultyBolt((tuple, output) => Take(tuple, output))).ShuffleGrouping("numbers").TickEvery(TimeSpan.FromMilliseconds(2));
        }), "test");

        void Take(TupleView tuple, BoltOutput output)
        {
            if (tuple.IsTick)
            {
                while (held.TryDequeue(out var one)) output.Ack(one);
                return;
            }

            var fate = chance.Next(10);
            if (fate == 0)
            {
                output.Fail(tuple);
                return;
            }

            seen.Add(tuple["line"].AsString());
            if (fate < 4) held.Enqueue(output.Hold(tuple));
            else output.Ack(tuple);
        }
    }
}
