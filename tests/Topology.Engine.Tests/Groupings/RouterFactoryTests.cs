using System.Collections.Immutable;

namespace Topology.Engine.Tests;

public sealed class RouterFactoryTests
{
    private static readonly StreamId Stream = new("spout", "default", 0, ["a", "b"], false);
    private static readonly StreamId DirectStream = new("spout", "to", 1, ["a"], true);

    [Test]
    public void All_grouping_chooses_every_task()
    {
        var router = Make(new Grouping.All(), Targets.Of(3));
        Assert.That(router.IsSingle, Is.False);
        Assert.That(Picks.Many(router, [1, 2]), Is.EqualTo(new[] { 10, 11, 12 }));
    }

    [Test]
    public void Global_grouping_chooses_the_task_of_the_lowest_id()
    {
        var targets = Targets.Of(3);
        Assert.That(Picks.Count(Make(new Grouping.Global(), targets), 20)[targets[0]], Is.EqualTo(20));
    }

    [Test]
    public void None_grouping_chooses_about_evenly_and_the_same_for_a_seed()
    {
        var targets = Targets.Of(4);
        var picks = Picks.Count(Make(new Grouping.None(), targets, seed: 7), 8_000);
        Assert.That(picks.Values, Is.All.InRange(1_850, 2_150));
        Assert.That(Picks.Count(Make(new Grouping.None(), targets, seed: 7), 8_000), Is.EqualTo(picks));
        Assert.That(Picks.Count(Make(new Grouping.None(), targets, seed: 8), 8_000), Is.Not.EqualTo(picks));
        Assert.That(Picks.Count(Make(new Grouping.None(), Targets.Of(1)), 5).Values, Is.EqualTo(new[] { 5 }));
    }

    [Test]
    public void Fields_and_partial_key_groupings_take_the_fields_by_name()
    {
        var targets = Targets.Of(5);
        var fields = Make(new Grouping.ByFields(["b"]), targets);
        Assert.That(Enumerable.Range(0, 50).Select(i => fields.Choose([i, "key"])).Distinct().Count(), Is.EqualTo(1));
        var partial = Make(new Grouping.PartialKey(["b"]), targets);
        Assert.That(Enumerable.Range(0, 50).Select(i => partial.Choose([i, "key"])).Distinct().Count(), Is.EqualTo(2));
        Assert.That(() => Make(new Grouping.ByFields(["c"]), targets), Throws.ArgumentException);
    }

    [Test]
    public void Shuffle_grouping_starts_at_the_emitter_s_own_place()
    {
        var targets = Targets.Of(3);
        Assert.That(Make(new Grouping.Shuffle(), targets, index: 2).Choose([1, 2]), Is.EqualTo(2));
    }

    [Test]
    public void Local_or_shuffle_grouping_stays_among_the_local_tasks_where_there_are_any()
    {
        var mixed = Targets.Of(5, isLocal: place => place is 1 or 3);
        var picks = Picks.Count(Make(new Grouping.LocalOrShuffle(), mixed, index: 4), 100);
        Assert.That((picks[mixed[1]], picks[mixed[3]]), Is.EqualTo((50, 50)));
        var remote = Targets.Of(4, isLocal: _ => false);
        Assert.That(Picks.Count(Make(new Grouping.LocalOrShuffle(), remote), 100).Values, Is.All.EqualTo(25));
    }

    [Test]
    public void Direct_grouping_chooses_the_task_that_was_named()
    {
        var router = Make(new Grouping.Direct(), Targets.Of(3), allTasks: [10, 11, 12, 20]);
        Assert.That(Picks.Many(router, [1], task: 11), Is.EqualTo(new[] { 11 }));
        Assert.That(Picks.Many(router, [1], task: 20), Is.Empty, "Another subscriber has that task.");
        Assert.That(() => Picks.Many(router, [1], task: 13), Throws.InstanceOf<EmitException>().With.Message.Contains("task 13"));
    }

    [Test]
    public void A_custom_grouping_is_prepared_once_and_chooses_by_task_id()
    {
        var grouping = new FixedGrouping([12, 10, 12]);
        var router = Make(new Grouping.Custom(() => grouping), Targets.Of(3));
        Assert.That(grouping.Targets, Is.EqualTo(new[] { 10, 11, 12 }));
        Assert.That(grouping.Source, Is.EqualTo("spout[1]"));
        Assert.That(Picks.Many(router, [1, 2]), Is.EqualTo(new[] { 12, 10, 12 }));
        Assert.That(Picks.Many(Make(new Grouping.Custom(() => new FixedGrouping([])), Targets.Of(3)), [1, 2]), Is.Empty);
    }

    [Test]
    public void A_custom_grouping_that_chooses_no_target_of_its_own_is_refused()
    {
        var router = Make(new Grouping.Custom(() => new FixedGrouping([10, 99])), Targets.Of(3));
        Assert.That(() => Picks.Many(router, [1, 2]), Throws.InstanceOf<EmitException>().With.Message.Contains("task 99"));
    }

    private static Router Make(Grouping grouping, OutTarget[] targets, ulong seed = 1, int index = 0, int[]? allTasks = null)
    {
        var worker = new Simulation(topology => topology.SetSpout("spout", () => new InlineSpout(_ => { }, "a", "b"))).Worker;
        var spout = worker.Spouts[0];
        var plan = spout.Tasks[0].Plan with { Index = index };
        var stream = grouping is Grouping.Direct ? DirectStream : Stream;
        return new RouterFactory(plan, stream, spout.Tasks[0].Services, spout.Outputs, new EdgeIds(seed), allTasks ?? []).Make(grouping, targets);
    }

    private sealed class FixedGrouping(int[] tasks) : ICustomGrouping
    {
        public ImmutableArray<int> Targets { get; private set; }

        public string Source { get; private set; } = "";

        public void Prepare(ComponentContext source, StreamId stream, ImmutableArray<int> targets)
        {
            Assert.That(Source, Is.Empty, "Prepared twice.");
            Source = $"{source.Component}[{source.Task}]";
            Targets = targets;
        }

        public void Choose(ReadOnlySpan<Value> values, List<int> chosen) => chosen.AddRange(tasks);
    }
}
