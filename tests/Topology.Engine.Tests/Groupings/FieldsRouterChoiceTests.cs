using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;

namespace Topology.Engine.Tests;

public sealed class FieldsRouterChoiceTests
{
    [Test]
    public void A_tuple_goes_to_the_task_that_has_the_key_group_of_its_fields() =>
        Prop.ForAll(Cases(), sample =>
        {
            var (tasks, key, fields) = sample;
            var targets = Targets(tasks);
            Value[] row = [key, $"word {key}", 7];
            var groups = KeyGroups.CountFor(tasks);
            var task = KeyGroups.TaskOf(KeyGroups.Of(StableHash.Of(row, fields), groups), groups, tasks);
            return new FieldsRouter(targets, fields).Choose(row) == task;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Test]
    public void Every_task_gets_its_share_of_the_keys()
    {
        var targets = Targets(5);
        var router = new FieldsRouter(targets, [1]);
        var counts = new int[5];
        for (var i = 0; i < 10_000; i++) counts[router.Choose([0, $"word {i}"])]++;

        // 25 or 26 of the 128 key groups each, and six standard deviations of 40.
        Assert.That(counts, Is.All.InRange(1_713, 2_271));
    }

    [Test]
    public void A_tuple_without_the_field_is_refused() =>
        Assert.That(() => new FieldsRouter(Targets(2), [1]).Choose([1]), Throws.TypeOf<IndexOutOfRangeException>());

    [Test]
    public void Choosing_allocates_nothing()
    {
        var one = new FieldsRouter(Targets(3), [1]);
        var several = new FieldsRouter(Targets(3), [0, 1]);
        Value[] row = [1, "word"];
        var same = 0;
        Assert.That(Allocation.Of(() => same += one.Choose(row) == several.Choose(row) ? 1 : 0), Is.Zero);
    }

    private static Arbitrary<(int Tasks, int Key, int[] Fields)> Cases() =>
        (from tasks in Gen.Choose(1, 300)
         from key in Gen.Choose(int.MinValue, int.MaxValue)
         from fields in Gen.Elements<int[]>([0], [1], [2], [0, 1], [1, 0], [2, 1, 0])
         select (tasks, key, fields)).ToArbitrary();

    // Only which one is chosen counts: what a target leads to would need a whole worker around it.
    private static OutTarget[] Targets(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (OutTarget)RuntimeHelpers.GetUninitializedObject(typeof(OutTarget)))];
}
