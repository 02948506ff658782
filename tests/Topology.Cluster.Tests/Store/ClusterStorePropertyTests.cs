using FsCheck;
using FsCheck.Fluent;

namespace Topology.Cluster.Tests;

/// <summary>Any changes in any order, with restarts between, leave what a few lines of plain code say that they leave.</summary>
public sealed class ClusterStorePropertyTests
{
    [Test]
    public void Memory_does_as_the_model() => Check(400, [.. Enum.GetNames<CommitOutcome>().Except([nameof(CommitOutcome.Quarantined)]), "conflict"], (operations, answers) =>
    {
        var store = new MemoryClusterStore("test");
        return StoreModel.Agrees(operations, answers, store, closed => new MemoryClusterStore((MemoryClusterStore)closed));
    });

    [Test]
    public void Sqlite_does_as_the_model() => Check(25, [nameof(CommitOutcome.Committed)], (operations, answers) =>
    {
        using var temporary = new TemporaryDirectory();
        using var directory = DataDirectory.Open(temporary.Root);
        return StoreModel.Agrees(operations, answers, SqliteClusterStore.Open(directory), _ => SqliteClusterStore.Open(directory));
    });

    /// <param name="runs">How many sequences of changes.</param>
    /// <param name="expected">Answers that must have been met; so few changes as the slow store gets do not meet the rare ones each time.</param>
    /// <param name="agrees">Whether a sequence leaves what the model says.</param>
    private static void Check(int runs, string[] expected, Func<StoreOperation[], HashSet<string>, bool> agrees)
    {
        var answers = new HashSet<string>();
        // Most steps are commits of few tasks by few incarnations, so that many are accepted and many are late.
        var operation = from kind in Gen.Elements(0, 1, 2, 3, 4, 5, 5, 6, 7, 8, 8, 9, 9, 9, 9, 9, 9, 9, 9)
                        from topology in Gen.Choose(0, 1)
                        from task in Gen.Choose(1, 2)
                        from incarnation in Gen.Choose(1, 4)
                        from number in Gen.Choose(0, 5)
                        select new StoreOperation(kind, $"t{topology}", task, incarnation, number);
        Prop.ForAll(operation.ArrayOf(60).ToArbitrary(), operations => agrees(operations, answers)).Check(Config.QuickThrowOnFailure.WithMaxTest(runs));
        Assert.That(expected, Is.SubsetOf(answers), "every answer was met");
    }
}
