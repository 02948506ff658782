using Microsoft.Extensions.Logging.Abstractions;
using Topology.Testing;

namespace Topology.Cluster.Tests;

/// <summary>What drives the master. In manual time.</summary>
public sealed class MasterLoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    [Test]
    public async Task A_lost_host_is_given_up_although_others_are_heard_all_the_time()
    {
        var time = new ManualTime();
        using var store = new MemoryClusterStore("cluster");
        await using var loop = new MasterLoop(new MasterOptions(), store, _ => { }, Task.CompletedTask, 1, time, NullLogger.Instance);
        foreach (var supervisor in new[] { "lost", "busy" }) loop.Post(new MasterEvent.SupervisorJoined(supervisor, 4, false, [], time.GetUtcNow()));
        Until(() => loop.State.Supervisors.Count == 2);
        var lease = LeaseTimes.Default.Lease;

        Pass(lease - Step);
        Assert.That(loop.State.Supervisors.Keys, Does.Contain("lost"), "It may still be heard.");
        Pass(TimeSpan.FromSeconds(2));
        Assert.That(loop.State.Supervisors.Keys, Is.EqualTo(new[] { "busy" }));

        void Pass(TimeSpan total)
        {
            for (var passed = TimeSpan.Zero; passed < total; passed += Step)
            {
                time.Advance(Step);
                loop.Post(new MasterEvent.LeaseAsked("busy", [], time.GetUtcNow()));
                Until(() => loop.State.Supervisors["busy"].HeardAt == time.GetUtcNow());
            }
        }
    }

    [Test]
    public async Task A_clock_that_is_set_forward_ends_no_lease()
    {
        var time = new TwoClocks();
        using var store = new MemoryClusterStore("cluster");
        await using var loop = new MasterLoop(new MasterOptions(), store, _ => { }, Task.CompletedTask, 1, time, NullLogger.Instance);
        loop.Post(new MasterEvent.SupervisorJoined("other", 4, false, [], time.GetUtcNow()));
        Until(() => loop.State.Supervisors.Count == 1);
        var lease = LeaseTimes.Default.Lease;

        time.Pass(TimeSpan.Zero, TimeSpan.FromHours(1));
        Look();
        Assert.That(loop.State.Supervisors.Keys, Is.EqualTo(new[] { "other" }), "Its workers live.");
        time.Pass(lease - Step, lease - Step);
        Look();
        Assert.That(loop.State.Supervisors.Keys, Is.EqualTo(new[] { "other" }), "They may live still.");
        time.Pass(Step, Step);
        Look();
        Assert.That(loop.State.Supervisors, Is.Empty);

        void Look()
        {
            loop.Post(new MasterEvent.Tick());
            Until(() => loop.State.Now == time.GetUtcNow());
        }
    }

    private static void Until(Func<bool> condition) => Assert.That(SpinWait.SpinUntil(condition, Patience), Is.True);
}
