namespace Topology.Engine.Tests;

public sealed class PartialKeyRouterTests
{
    [Test]
    public void Each_key_has_two_tasks_and_they_are_not_the_same([Values(2, 3, 10)] int tasks)
    {
        var targets = Targets.Of(tasks);
        foreach (var key in Enumerable.Range(0, 50).Select(i => (Value)$"key {i}"))
        {
            var router = new PartialKeyRouter(targets, [0]);
            Assert.That(Enumerable.Range(0, 200).Select(_ => router.Choose([key])).Distinct().Count(), Is.EqualTo(2));
        }
    }

    [Test]
    public void The_two_tasks_of_a_key_are_the_same_for_every_emitter()
    {
        var targets = Targets.Of(10);
        var candidates = Enumerable.Range(0, 3)
            .Select(_ => new PartialKeyRouter(targets, [0]))
            .Select(router => Enumerable.Range(0, 50).Select(_ => router.Choose(["word"])).ToHashSet());
        Assert.That(candidates.Select(c => string.Join(",", c.Order())).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void One_key_alternates_between_its_two()
    {
        var router = new PartialKeyRouter(Targets.Of(5), [0]);
        var picks = Enumerable.Range(0, 100).Select(_ => router.Choose(["word"])).ToArray();
        for (var i = 2; i < picks.Length; i++)
        {
            Assert.That(picks[i], Is.EqualTo(picks[i - 2]));
            Assert.That(picks[i], Is.Not.EqualTo(picks[i - 1]));
        }
    }

    [Test]
    public void A_skewed_stream_is_dealt_much_more_evenly_than_by_key()
    {
        // Half of all tuples have one key, the rest many: by key, one task would get 5,000 of them. A sixth of the others has the same two tasks as the hot one.
        var picks = Picks.Count(new PartialKeyRouter(Targets.Of(4), [0]), 8_000, i => i % 2 == 0 ? "hot" : $"key {i}");
        Assert.That(picks.Values, Is.All.InRange(1_600, 2_400));
    }

    [Test]
    public void A_single_task_gets_everything() =>
        Assert.That(Picks.Count(new PartialKeyRouter(Targets.Of(1), [0]), 10).Values, Is.EqualTo(new[] { 10 }));
}
