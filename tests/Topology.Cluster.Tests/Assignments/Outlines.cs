using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace Topology.Cluster.Tests;

/// <summary>Outlines of plans, small and drawn.</summary>
internal static class Outlines
{
    public static Arbitrary<PlanOutline> Any { get; } =
        (from sizes in Gen.ListOf(Gen.Zip(Gen.Choose(1, 9), Gen.Choose(0, 6)), 5)
         from kinds in Gen.ListOf(Gen.Choose(0, 2), 5)
         from count in Gen.Choose(1, 5)
         from ackers in Gen.Choose(0, 6)
         select Make(sizes.Zip(kinds).Take(count).Select(c => (c.Second, c.First.Item1, c.First.Item1 + c.First.Item2)), ackers)).ToArbitrary();

    /// <summary>Components by kind (0 bolt, 1 reliable spout, 2 plain spout), executors and tasks.</summary>
    public static PlanOutline Make(IEnumerable<(int Kind, int Executors, int Tasks)> components, int ackers)
    {
        var next = 1;
        var outlines = ImmutableArray.CreateBuilder<ComponentOutline>();
        foreach (var (kind, executors, tasks) in components)
        {
            outlines.Add(new ComponentOutline($"c{outlines.Count}", kind == 0 ? ComponentKind.Bolt : ComponentKind.Spout, executors, tasks, next, kind == 1));
            next += tasks;
        }

        return new PlanOutline(1, outlines.ToImmutable(), ackers, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));
    }
}
