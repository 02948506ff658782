namespace Topology.Cluster.Tests;

public sealed class SqliteClusterStoreTests : ClusterStoreTests
{
    private TemporaryDirectory _temporary = null!;
    private DataDirectory _directory = null!;

    [TearDown]
    public void Remove()
    {
        // After the fixture's own tear-down, which closes the store, NUnit would come too late for the lock.
        Store.Dispose();
        _directory.Dispose();
        _temporary.Dispose();
    }

    protected override IClusterStore Open()
    {
        _temporary = new TemporaryDirectory();
        _directory = DataDirectory.Open(_temporary.Root);
        return SqliteClusterStore.Open(_directory);
    }

    protected override IClusterStore Open(IClusterStore closed) => SqliteClusterStore.Open(_directory);
}
