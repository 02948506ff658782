namespace Topology.Engine.Tests;

public sealed class ShuffleRouterTests
{
    [Test]
    public void Six_tasks_get_exactly_5_000_of_30_000_tuples_each([Values(0, 1, 5, 6, 100)] int start)
    {
        var targets = Targets.Of(6, out var outputs);
        var router = new ShuffleRouter(targets, start, outputs);
        var picks = Picks.Count(router, 30_000);
        Assert.That(targets.Select(t => picks[t]), Is.All.EqualTo(5_000));
    }

    [Test]
    public void Emitters_start_at_different_tasks()
    {
        var targets = Targets.Of(3, out var outputs);
        Assert.That(Enumerable.Range(0, 3).Select(i => new ShuffleRouter(targets, i, outputs).Choose([])), Is.EqualTo(new[] { 0, 1, 2 }));
    }

    [Test]
    public void A_task_whose_channel_is_full_is_passed_over_while_another_has_room()
    {
        var targets = Targets.Of(4, out var outputs);
        targets[1].Gate.Available = 0;
        targets[2].Gate.Available = -7;
        var router = new ShuffleRouter(targets, 0, outputs);
        var picks = Picks.Count(router, 1_000);
        Assert.That((picks[targets[1]], picks[targets[2]]), Is.EqualTo((0, 0)));
        Assert.That(picks[targets[0]], Is.EqualTo(500));
        Assert.That(outputs.IsOverdrawn, Is.False);
        targets[1].Gate.Available = 1;
        Assert.That(Enumerable.Range(0, 3).Select(_ => router.Choose([])), Does.Contain(1));
    }

    [Test]
    public void When_no_channel_has_room_the_least_overdrawn_gets_the_tuple_and_its_sender_waits_for_any()
    {
        var targets = Targets.Of(3, out var outputs);
        foreach (var target in targets) target.Gate.Available = -5;
        targets[2].Gate.Available = -1;
        var router = new ShuffleRouter(targets, 0, outputs);
        Assert.That(Picks.Count(router, 10)[targets[2]], Is.EqualTo(10));
        Assert.That(outputs.IsOverdrawn, Is.True);
        Assert.That(outputs.TryFlush(), Is.False);
        targets[1].Gate.Available = 1;
        Assert.That(outputs.TryFlush(), Is.True);
        Assert.That(outputs.IsOverdrawn, Is.False);
    }
}
