using FsCheck;
using FsCheck.Fluent;

namespace Topology.Engine.Tests;

public sealed class FieldsRouterTests
{
    [Test]
    public void Equal_keys_of_different_emitters_meet_at_the_task_that_has_their_key_group() =>
        Prop.ForAll(Gen.Choose(1, 7).ToArbitrary(), ArbMap.Default.GeneratorFor<string>().Where(s => s is not null).Zip(Gen.Choose(-1_000, 1_000)).ToArbitrary(), (tasks, key) =>
        {
            var targets = TargetsOf(tasks);
            var (word, number) = key;
            var one = new FieldsRouter(targets, [0, 2]).Choose([word, "any", number]);
            var other = new FieldsRouter(targets, [1, 0]).Choose([(long)number, Value.Slice("x" + word + "y", 1, word.Length), 7]);
            var groups = KeyGroups.CountFor(tasks);
            var group = KeyGroups.Of(StableHash.Of([word, number], [0, 1]), groups);
            return one == other && one == KeyGroups.TaskOf(group, groups, tasks);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Test]
    public void Many_keys_reach_every_task_about_equally_often([Values(2, 3, 7)] int tasks)
    {
        var picks = Picks.Count(new FieldsRouter(TargetsOf(tasks), [0]), 7_000, i => $"key {i}");
        Assert.That(picks.Values, Is.All.InRange(7_000 / tasks * 0.8, 7_000 / tasks * 1.2));
    }

    private static OutTarget[] TargetsOf(int tasks) => Made.GetOrAdd(tasks, count => Targets.Of(count));

    // A worker for each property test would be slow.
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<int, OutTarget[]> Made = new();
}
