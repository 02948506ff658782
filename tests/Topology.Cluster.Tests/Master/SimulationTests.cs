namespace Topology.Cluster.Tests;

/// <summary>The whole cluster's decisions under faults, by seed. A failing seed can be run alone.</summary>
public sealed class SimulationTests
{
    private const int Seeds = 2_000;

    private static readonly string[] MustHappen =
    [
        "daemon crashed", "crash before keeping", "crash before acting", "worker killed", "worker stopped", "supervisor crashed", "host cut off", "link lost", "rebalance accepted",
        "completion checked", "topology forgotten", "command Accepted", "command Conflict",
        .. Enum.GetNames<TopologyState>(),
    ];

    [Test]
    public void Nothing_forbidden_happens_under_any_seed_and_all_comes_right_when_faults_end()
    {
        var seen = new Dictionary<string, int>();
        for (var seed = 0; seed < Seeds; seed++)
        {
            foreach (var (what, times) in RunOrTell(seed).Seen) seen[what] = seen.GetValueOrDefault(what) + times;
        }

        TestContext.Out.WriteLine(string.Join(", ", seen.OrderBy(s => s.Key).Select(s => $"{s.Key} {s.Value}")));
        Assert.That(MustHappen.Where(what => seen.GetValueOrDefault(what) < 20), Is.Empty, "What hardly happens is not tested.");
    }

    [TestCase(BrokenRule.ReplacementsDoNotWaitForDeath)]
    [TestCase(BrokenRule.ActionsGoBeforeKeeping)]
    [TestCase(BrokenRule.SupervisorsOutliveTheirLease)]
    [TestCase(BrokenRule.CountersOfTheDeadAreDropped)]
    [TestCase(BrokenRule.WorkersOutliveTheirSupervisor)]
    [TestCase(BrokenRule.KillsAreNotDone)]
    public void A_broken_rule_is_noticed(BrokenRule broken) =>
        Assert.That(Enumerable.Range(0, 500).Any(seed => Fails(seed, broken)), Is.True, "No seed shows that the rule is broken.");

    [Test]
    public void A_seed_does_the_same_each_time()
    {
        var first = Run(11, BrokenRule.None);
        var second = Run(11, BrokenRule.None);

        Assert.That(second.Seen, Is.EqualTo(first.Seen));
    }

    private static SimulatedWorld Run(int seed, BrokenRule broken)
    {
        try
        {
            return Run(new SimulatedWorld(seed, broken));
        }
        catch (Exception error)
        {
            throw new WrongException($"Seed {seed}: {error.Message}");
        }
    }

    private static SimulatedWorld RunOrTell(int seed)
    {
        try
        {
            return Run(seed, BrokenRule.None);
        }
        catch (WrongException)
        {
            Tell(seed, 2_000);
            throw;
        }
    }

    private static SimulatedWorld Run(SimulatedWorld world)
    {
        world.Run();
        return world;
    }

    /// <summary>Tells what led to the end of a seed that failed: the last so many lines.</summary>
    private static void Tell(int seed, int lines)
    {
        var world = new SimulatedWorld(seed) { Story = [] };
        try
        {
            world.Run();
        }
        catch (Exception error)
        {
            world.Tell(error.ToString(), null);
        }

        foreach (var line in world.Story.TakeLast(lines)) TestContext.Out.WriteLine(line);
    }

    private static bool Fails(int seed, BrokenRule broken)
    {
        try
        {
            Run(seed, broken);
            return false;
        }
        catch (WrongException)
        {
            return true;
        }
    }
}
