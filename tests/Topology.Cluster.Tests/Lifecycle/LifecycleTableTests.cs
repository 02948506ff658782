namespace Topology.Cluster.Tests;

public sealed class LifecycleTableTests
{
    [Test]
    public void Nothing_follows_an_end() => Assert.That(LifecycleTable.All.Where(t => t.From.IsEnded()), Is.Empty);

    [Test]
    public void Each_step_is_listed_once_and_says_when_it_is_made()
    {
        Assert.That(LifecycleTable.All.Select(t => (t.From, t.To)), Is.Unique);
        Assert.That(LifecycleTable.All.Select(t => t.When), Has.All.Not.Empty);
    }

    [Test]
    public void Every_state_can_be_reached_and_every_living_one_can_be_killed()
    {
        foreach (var state in Enum.GetValues<TopologyState>())
        {
            Assert.That(state == TopologyState.Submitted || LifecycleTable.All.Any(t => t.To == state), Is.True, $"{state} cannot be reached.");
            Assert.That(state.IsEnded() || LifecycleTable.Allows(state, TopologyState.Killed), Is.True, $"{state} cannot be killed.");
        }
    }

    [Test]
    public void A_step_that_is_not_listed_is_not_made()
    {
        var entry = new TopologyEntry(MasterDriver.Spec(Outlines.Make([(1, 1, 1)], 1), 1), TopologyState.Submitted, true, default);

        Assert.That(() => new TopologyStatus(entry, new NoRestart()).To(TopologyState.Active), Throws.InvalidOperationException);
    }
}
