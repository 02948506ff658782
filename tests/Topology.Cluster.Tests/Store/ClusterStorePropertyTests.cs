using FsCheck;
using FsCheck.Fluent;

namespace Topology.Cluster.Tests;

/// <summary>Any changes in any order, with restarts between, leave what a few lines of plain code say that they leave.</summary>
public sealed class ClusterStorePropertyTests
{
    [Test]
    public void Memory_does_as_the_model() => Check(60, operations =>
    {
        var store = new MemoryClusterStore("test");
        return StoreModel.Agrees(operations, store, closed => new MemoryClusterStore((MemoryClusterStore)closed));
    });

    [Test]
    public void Sqlite_does_as_the_model() => Check(25, operations =>
    {
        using var temporary = new TemporaryDirectory();
        using var directory = DataDirectory.Open(temporary.Root);
        return StoreModel.Agrees(operations, SqliteClusterStore.Open(directory), _ => SqliteClusterStore.Open(directory));
    });

    private static void Check(int runs, Func<StoreOperation[], bool> agrees)
    {
        var operation = from kind in Gen.Choose(0, 9)
                        from topology in Gen.Choose(0, 2)
                        from task in Gen.Choose(1, 3)
                        from incarnation in Gen.Choose(0, 4)
                        from number in Gen.Choose(0, 5)
                        select new StoreOperation(kind, $"t{topology}", task, incarnation, number);
        Prop.ForAll(operation.ArrayOf(60).ToArbitrary(), agrees).Check(Config.QuickThrowOnFailure.WithMaxTest(runs));
    }
}
