namespace Topology.Cluster.Tests;

/// <summary>What a worker reads from an assignment is what the master dealt.</summary>
public sealed class DeployedShareTests
{
    [Test]
    public void Every_executor_and_acker_is_in_the_worker_that_it_was_dealt_to()
    {
        var plan = new PlanOutline(1, [new ComponentOutline("s", ComponentKind.Spout, 3, 3, 1, true), new ComponentOutline("b", ComponentKind.Bolt, 2, 4, 4, false)], 1, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));
        var dealt = ExecutorAssigner.Assign(plan, 2, []);
        var ackers = AckerAssigner.Assign(plan, dealt);
        var assignment = new Assignment(1, 7, [.. dealt.Select((executors, number) => new WorkerAssignment(number, number + 1, "local", executors, ackers[number]))]);
        var share = DeployedShare.Of(assignment, 1);
        Assert.That((share.Self, share.Workers, share.WorkerOfExecutor.Length), Is.EqualTo((1, 2, 7)), "five executors, and an acker for each worker with spouts");
        for (var number = 0; number < 2; number++)
        {
            foreach (var executor in dealt[number]) Assert.That(share.WorkerOfExecutor[executor.Number], Is.EqualTo(number));
            foreach (var acker in ackers[number]) Assert.That(share.WorkerOfExecutor[acker.Number], Is.EqualTo(number));
        }
    }

    [Test]
    public void A_share_goes_on_where_every_executor_stays_what_and_where_it_is()
    {
        // A rebalance from two executors of b to one, and from one of c to two: the numbers are in the same places, and of other executors.
        var before = Dealt(("s", 1, 1), ("b", 2, 2), ("c", 1, 2));
        Assert.That(DeployedShare.AreSame(before, Dealt(("s", 1, 1), ("b", 2, 2), ("c", 1, 2)) with { Generation = 9 }), Is.True);
        Assert.That(DeployedShare.AreSame(before, Dealt(("s", 1, 1), ("b", 1, 2), ("c", 2, 2))), Is.False);

        static Assignment Dealt(params (string Id, int Executors, int Tasks)[] components)
        {
            var first = 1;
            var outlines = components.Select(c => new ComponentOutline(c.Id, c.Id == "s" ? ComponentKind.Spout : ComponentKind.Bolt, c.Executors, c.Tasks, (first += c.Tasks) - c.Tasks, c.Id == "s")).ToArray();
            var plan = new PlanOutline(1, [.. outlines], 1, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));
            var dealt = ExecutorAssigner.Assign(plan, 4, []);
            var ackers = AckerAssigner.Assign(plan, dealt);
            return new Assignment(1, 7, [.. dealt.Select((executors, number) => new WorkerAssignment(number, number + 1, "local", executors, ackers[number]))]);
        }
    }
}
