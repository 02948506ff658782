using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace Topology.Cluster.Tests;

public sealed class ExecutorAssignerTests
{
    private static readonly Arbitrary<(PlanOutline Plan, int Workers, int Then)> Cases =
        (from plan in Outlines.Any.Generator from workers in Gen.Choose(1, 8) from then in Gen.Choose(1, 8) select (plan, workers, then)).ToArbitrary();

    [Test]
    public void Every_executor_is_dealt_exactly_once() => Check((plan, parts, _) =>
        parts.SelectMany(p => p).OrderBy(e => e.Number).SequenceEqual(ExecutorNumbers.Of(plan)));

    [Test]
    public void Workers_differ_by_at_most_one_executor_in_all_and_of_each_component() => Check((plan, parts, _) =>
        Spread(parts.Select(p => p.Length)) <= 1 && plan.Components.All(c => Spread(parts.Select(p => p.Count(e => e.Component == c.Id))) <= 1));

    [Test]
    public void There_are_as_many_workers_as_asked_for_and_none_is_empty() => Check((plan, parts, workers) =>
        parts.Length == Math.Min(workers, plan.ExecutorCount) && parts.All(p => !p.IsEmpty));

    [Test]
    public void A_first_deal_gives_a_worker_neighbouring_executors_of_a_component() =>
        Prop.ForAll(Cases, c => ExecutorAssigner.Assign(c.Plan, c.Workers, []).All(part => c.Plan.Components.All(component =>
        {
            var own = part.Where(e => e.Component == component.Id).Select(e => e.Number).ToArray();
            return own.Length == 0 || own[^1] - own[0] == own.Length - 1;
        }))).QuickCheckThrowOnFailure();

    [Test]
    public void A_later_deal_moves_no_more_than_the_new_shares_ask_for() =>
        Prop.ForAll(Cases, c =>
        {
            var before = ExecutorAssigner.Assign(c.Plan, c.Workers, []);
            var after = ExecutorAssigner.Assign(c.Plan, c.Then, before);
            var stayed = before.Zip(after).Sum(pair => pair.First.Intersect(pair.Second).Count());
            var mayStay = before.Zip(after).Sum(pair => c.Plan.Components.Sum(component =>
                Math.Min(pair.First.Count(e => e.Component == component.Id), pair.Second.Count(e => e.Component == component.Id))));
            return stayed == mayStay;
        }).QuickCheckThrowOnFailure();

    [Test]
    public void A_deal_that_is_even_already_does_not_change() =>
        Prop.ForAll(Cases, c =>
        {
            var before = ExecutorAssigner.Assign(c.Plan, c.Then, ExecutorAssigner.Assign(c.Plan, c.Workers, []));
            return ExecutorAssigner.Assign(c.Plan, c.Then, before) == before;
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Twice_the_workers_take_half_of_what_each_had()
    {
        var plan = Outlines.Make([(0, 8, 8)], 0);
        var after = ExecutorAssigner.Assign(plan, 4, ExecutorAssigner.Assign(plan, 2, []));

        Assert.That(after.Select(part => string.Join(' ', part.Select(e => e.Number))), Is.EqualTo(new[] { "0 1", "4 5", "2 3", "6 7" }));
    }

    /// <summary>After a first deal, and after one that follows another.</summary>
    private static void Check(Func<PlanOutline, ImmutableArray<ImmutableArray<AssignedExecutor>>, int, bool> holds) =>
        Prop.ForAll(Cases, c =>
        {
            var first = ExecutorAssigner.Assign(c.Plan, c.Workers, []);
            return holds(c.Plan, first, c.Workers) && holds(c.Plan, ExecutorAssigner.Assign(c.Plan, c.Then, first), c.Then);
        }).QuickCheckThrowOnFailure();

    private static int Spread(IEnumerable<int> counts) => counts.Max() - counts.Min();
}
