namespace Topology.Cluster.Tests;

public sealed class MemoryClusterStoreTests : ClusterStoreTests
{
    protected override IClusterStore Open() => new MemoryClusterStore("test");

    protected override IClusterStore Open(IClusterStore closed) => new MemoryClusterStore((MemoryClusterStore)closed);

    [Test]
    public void A_restarted_store_and_the_one_before_go_their_own_ways()
    {
        using var next = new MemoryClusterStore((MemoryClusterStore)Store);
        Store.Write(writer => writer.AddTopology(Samples.Topology()));

        Assert.That(next.Read(reader => reader.Topologies().Length), Is.Zero);
    }
}
