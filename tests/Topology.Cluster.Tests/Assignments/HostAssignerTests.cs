using System.Collections.Immutable;

namespace Topology.Cluster.Tests;

public sealed class HostAssignerTests
{
    private static readonly HostSlots[] Three = [new("a", 4), new("b", 4), new("c", 4)];

    [Test]
    public void Workers_are_spread_over_hosts_one_by_one() =>
        Assert.That(Assign(Three, [null, null, null, null], true), Is.EqualTo(new[] { "a", "b", "c", "a" }));

    [Test]
    public void A_lost_host_moves_its_own_workers_alone() =>
        Assert.That(Assign([Three[0], Three[2]], ["a", "b", "c", "b", "a"], false), Is.EqualTo(new[] { "a", "c", "c", "a", "a" }));

    [Test]
    public void A_new_host_takes_no_worker_before_a_rebalance_and_its_share_then()
    {
        Assert.That(Assign(Three, ["a", "b", "a", "b"], false), Is.EqualTo(new[] { "a", "b", "a", "b" }));
        Assert.That(Assign(Three, ["a", "b", "a", "b"], true), Is.EqualTo(new[] { "a", "b", "a", "c" }));
    }

    [Test]
    public void An_even_spread_does_not_change() =>
        Assert.That(Assign(Three, ["c", "b", "a", "c"], true), Is.EqualTo(new[] { "c", "b", "a", "c" }));

    [Test]
    public void No_host_gets_more_than_its_slots_and_who_finds_none_is_nowhere() =>
        Assert.That(Assign([new("a", 1), new("b", 2)], [null, null, null, null], true), Is.EqualTo(new[] { "b", "a", "b", null }));

    private static ImmutableArray<string?> Assign(HostSlots[] hosts, ImmutableArray<string?> before, bool spread) => HostAssigner.Assign(hosts, before, spread);
}
