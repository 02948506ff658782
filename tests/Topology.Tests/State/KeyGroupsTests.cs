using FsCheck;
using FsCheck.Fluent;

namespace Topology.Tests;

public sealed class KeyGroupsTests
{
    private static readonly Arbitrary<(int Tasks, int Count)> TasksAndCounts =
        Gen.Frequency((1, Gen.Choose(1, KeyGroups.MaxCount)), (3, Gen.Choose(1, 300)))
            .SelectMany(count => Gen.Choose(1, count).Select(tasks => (tasks, count)))
            .ToArbitrary();

    [TestCase(1, 128)]
    [TestCase(85, 128)]
    [TestCase(86, 256)]
    [TestCase(170, 256)]
    [TestCase(171, 256)]
    [TestCase(172, 512)]
    [TestCase(21_845, 32_768)]
    [TestCase(32_768, 32_768)]
    public void There_are_half_as_many_groups_again_as_tasks_rounded_up_to_a_power_of_two(int tasks, int count) =>
        Assert.That(KeyGroups.CountFor(tasks), Is.EqualTo(count));

    [Test]
    public void There_are_always_enough_groups_for_the_tasks() =>
        Prop.ForAll(Gen.Choose(1, KeyGroups.MaxCount).ToArbitrary(), tasks => KeyGroups.CountFor(tasks) >= tasks).QuickCheckThrowOnFailure();

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(32_769)]
    [TestCase(int.MaxValue)]
    public void No_number_of_groups_serves_none_or_too_many_tasks(int tasks) =>
        Assert.That(() => KeyGroups.CountFor(tasks), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void A_group_is_the_hash_modulo_the_number_of_groups() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<ulong>(),
            Gen.Choose(1, KeyGroups.MaxCount).ToArbitrary(),
            (hash, count) => KeyGroups.Of(hash, count) == (int)(hash % (ulong)count))
            .QuickCheckThrowOnFailure();

    [Test]
    public void A_power_of_two_gives_the_same_group_as_the_division() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<ulong>(),
            Gen.Choose(0, 15).ToArbitrary(),
            (hash, power) => KeyGroups.Of(~hash, 1 << power) == (int)(~hash % (1ul << power)))
            .QuickCheckThrowOnFailure();

    [Test]
    public void The_ranges_of_the_tasks_follow_each_other_and_cover_every_group() =>
        Prop.ForAll(TasksAndCounts, x =>
        {
            var next = 0;
            for (var task = 0; task < x.Tasks; task++)
            {
                var (first, last) = KeyGroups.RangeOf(task, x.Count, x.Tasks);
                if (first != next || last < first) return false;
                next = last + 1;
            }

            return next == x.Count;
        }).QuickCheckThrowOnFailure();

    [Test]
    public void A_group_belongs_to_the_task_in_whose_range_it_lies() =>
        Prop.ForAll(TasksAndCounts, x =>
            Enumerable.Range(0, x.Tasks).All(task =>
            {
                var (first, last) = KeyGroups.RangeOf(task, x.Count, x.Tasks);
                return Enumerable.Range(first, last - first + 1).All(group => KeyGroups.TaskOf(group, x.Count, x.Tasks) == task);
            })).QuickCheckThrowOnFailure();

    [Test]
    public void Ranges_differ_by_at_most_one_group() =>
        Prop.ForAll(TasksAndCounts, x =>
        {
            var sizes = Enumerable.Range(0, x.Tasks).Select(task => KeyGroups.RangeOf(task, x.Count, x.Tasks)).Select(r => r.Last - r.First + 1).ToList();
            return sizes.Max() - sizes.Min() <= 1;
        }).QuickCheckThrowOnFailure();

    [Test]
    public void More_tasks_than_groups_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => KeyGroups.TaskOf(0, 128, 129), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("129 tasks cannot share 128"));
            Assert.That(() => KeyGroups.RangeOf(0, 128, 129), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(KeyGroups.TaskOf(127, 128, 128), Is.EqualTo(127));
        });
    }

    [TestCase(0, 0, 1)]
    [TestCase(0, 32_769, 1)]
    [TestCase(0, -1, 1)]
    [TestCase(0, 128, 0)]
    [TestCase(0, 128, -1)]
    [TestCase(-1, 128, 2)]
    [TestCase(128, 128, 128)]
    public void What_cannot_be_is_refused(int groupOrTask, int count, int tasks)
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => KeyGroups.TaskOf(groupOrTask, count, tasks), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => KeyGroups.RangeOf(groupOrTask, count, tasks), Throws.TypeOf<ArgumentOutOfRangeException>());
        });
    }

    [TestCase(0)]
    [TestCase(-128)]
    [TestCase(32_769)]
    public void A_key_has_no_group_among_none_or_too_many(int count) =>
        Assert.That(() => KeyGroups.Of(1, count), Throws.TypeOf<ArgumentOutOfRangeException>());
}
