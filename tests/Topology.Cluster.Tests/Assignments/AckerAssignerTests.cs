using FsCheck;
using FsCheck.Fluent;

namespace Topology.Cluster.Tests;

public sealed class AckerAssignerTests
{
    [Test]
    public void Every_reliable_spout_task_has_one_acker_in_its_own_worker_unless_there_are_none() =>
        Prop.ForAll(Outlines.Any, Gen.Choose(1, 8).ToArbitrary(), (plan, workers) =>
        {
            var parts = ExecutorAssigner.Assign(plan, workers, []);
            var ackers = AckerAssigner.Assign(plan, parts);
            return parts.Zip(ackers).All(w => w.Second.SelectMany(a => a.SpoutTasks).Order().SequenceEqual(plan.Ackers == 0 ? [] : ReliableTasks(plan, w.First)));
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Ackers_follow_the_executors_in_number_and_each_serves_a_task() =>
        Prop.ForAll(Outlines.Any, Gen.Choose(1, 8).ToArbitrary(), (plan, workers) =>
        {
            var ackers = AckerAssigner.Assign(plan, ExecutorAssigner.Assign(plan, workers, [])).SelectMany(a => a).ToArray();
            return ackers.Select(a => a.Number).SequenceEqual(Enumerable.Range(plan.ExecutorCount, ackers.Length)) && ackers.All(a => !a.SpoutTasks.IsEmpty);
        }).QuickCheckThrowOnFailure();

    [Test]
    public void There_are_as_many_as_asked_for_but_one_at_least_for_each_worker_with_reliable_spouts()
    {
        Assert.That(Counts(ackers: 1, workers: 3), Is.EqualTo(new[] { 1, 1, 1 }));
        Assert.That(Counts(ackers: 5, workers: 3), Is.EqualTo(new[] { 2, 2, 1 }));
        Assert.That(Counts(ackers: 9, workers: 3), Is.EqualTo(new[] { 2, 2, 2 }));
    }

    private static int[] Counts(int ackers, int workers)
    {
        var plan = Outlines.Make([(1, 6, 6)], ackers);
        return [.. AckerAssigner.Assign(plan, ExecutorAssigner.Assign(plan, workers, [])).Select(a => a.Length)];
    }

    private static IEnumerable<int> ReliableTasks(PlanOutline plan, IEnumerable<AssignedExecutor> part) =>
        part.Where(e => plan.Components.Single(c => c.Id == e.Component).IsReliable).SelectMany(e => Enumerable.Range(e.FirstTask, e.LastTask - e.FirstTask + 1)).Order();
}
