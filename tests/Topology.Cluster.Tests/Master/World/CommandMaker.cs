using System.Collections.Immutable;
namespace Topology.Cluster.Tests;

/// <summary>Draws what people ask for.</summary>
internal static class CommandMaker
{
    public static TopologyCommand Make(Random random, int submitted, MasterState? state)
    {
        var living = state?.Topologies.Values.Where(t => !t.HasEnded).ToArray() ?? [];
        if (living.Length == 0 || (living.Length < 3 && random.Next(3) == 0)) return Submit(random, submitted);
        var id = living[random.Next(living.Length)].Id;
        TimeSpan? wait = random.Next(3) switch { 0 => null, 1 => TimeSpan.FromSeconds(random.Next(1, 10)), _ => TimeSpan.Zero };
        return random.Next(10) switch
        {
            0 or 1 => new TopologyCommand.Deactivate(id),
            2 or 3 => new TopologyCommand.Activate(id),
            4 or 5 => new TopologyCommand.Rebalance(id, random.Next(1, 5), wait, random.Next(2) == 0 ? null : ImmutableSortedDictionary<string, int>.Empty.Add("bolt", random.Next(1, 6))),
            6 => new TopologyCommand.Drain(id, wait),
            7 => new TopologyCommand.Resume(id),
            8 => random.Next(2) == 0 ? new TopologyCommand.DrainAll(wait) : new TopologyCommand.ResumeAll(),
            _ => random.Next(3) == 0 ? new TopologyCommand.Kill(id, wait) : new TopologyCommand.ResumeAll(),
        };
    }

    private static TopologyCommand.Submit Submit(Random random, int submitted)
    {
        var name = $"t{submitted}-{random.Next(1_000_000)}-{(random.Next(2) == 0 ? "finite" : "endless")}";
        ComponentOutline[] components = [new("bolt", ComponentKind.Bolt, 3, 4, 1, false), new("spout", ComponentKind.Spout, 2, 2, 5, true)];
        var plan = new PlanOutline(7, [.. components], 1, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));
        var limit = random.Next(5) == 0 ? "2" : "1000";
        var settings = Samples.Settings((RestartSettings.Limit, limit), (RestartSettings.MaxDelay, "1s"), ("input", name));
        return new TopologyCommand.Submit(new TopologySpec(name, name, Samples.Upload, "Words.WordCountTopology", settings, plan, random.Next(1, 5)), random.Next(5) > 0);
    }
}
