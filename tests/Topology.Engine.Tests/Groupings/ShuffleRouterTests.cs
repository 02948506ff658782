namespace Topology.Engine.Tests;

public sealed class ShuffleRouterTests
{
    private readonly Outputs _outputs =
        new Simulation(topology => topology.SetSpout("spout", () => new InlineSpout(_ => { }))).Worker.Spouts[0].Outputs;

    [Test]
    public void Six_tasks_get_exactly_5_000_of_30_000_tuples_each([Values(0, 1, 5, 6, 100)] int start)
    {
        var targets = Targets.Of(6);
        var router = new ShuffleRouter(targets, start, _outputs);
        var picks = Picks.Count(router, 30_000);
        Assert.That(targets.Select(t => picks[t]), Is.All.EqualTo(5_000));
    }

    [Test]
    public void Emitters_start_at_different_tasks()
    {
        var targets = Targets.Of(3);
        Assert.That(Enumerable.Range(0, 3).Select(i => new ShuffleRouter(targets, i, _outputs).Choose([])), Is.EqualTo(targets));
    }

    [Test]
    public void A_task_whose_channel_is_full_is_passed_over_while_another_has_room()
    {
        var targets = Targets.Of(4);
        targets[1].Gate.Available = 0;
        targets[2].Gate.Available = -7;
        var router = new ShuffleRouter(targets, 0, _outputs);
        var picks = Picks.Count(router, 1_000);
        Assert.That((picks[targets[1]], picks[targets[2]]), Is.EqualTo((0, 0)));
        Assert.That(picks[targets[0]], Is.EqualTo(500));
        targets[1].Gate.Available = 1;
        Assert.That(Enumerable.Range(0, 3).Select(_ => router.Choose([])), Does.Contain(targets[1]));
    }

    [Test]
    public void When_no_channel_has_room_it_goes_on_in_turns()
    {
        var targets = Targets.Of(3);
        foreach (var target in targets) target.Gate.Available = 0;
        var picks = Picks.Count(new ShuffleRouter(targets, 0, _outputs), 300);
        Assert.That(targets.Select(t => picks[t]), Is.All.EqualTo(100));
    }

    [Test]
    public void The_sender_waits_when_no_channel_has_room_and_until_any_has()
    {
        var targets = Targets.Of(3);
        foreach (var target in targets) target.Gate.Available = 0;
        var router = new ShuffleRouter(targets, 0, _outputs);
        router.Choose([]);
        Assert.That((router.IsListed, _outputs.IsOverdrawn, router.IsPaid()), Is.EqualTo((true, true, false)));
        targets[2].Gate.Available = 1;
        Assert.That((router.IsPaid(), _outputs.TryFlush(), _outputs.IsOverdrawn), Is.EqualTo((true, true, false)));
    }

    [Test]
    public void When_no_channel_has_room_the_most_overdrawn_gets_nothing_more()
    {
        var targets = Targets.Of(3);
        foreach (var target in targets) target.Gate.Available = 0;
        targets[1].Gate.Available = -1;
        Assert.That(Picks.Count(new ShuffleRouter(targets, 0, _outputs), 300)[targets[1]], Is.Zero);
    }
}
