namespace Topology.Cluster.Tests;

public sealed class SqliteBackupTests : SqliteFixture
{
    [Test]
    public void A_backup_of_a_store_in_use_is_a_store()
    {
        using var other = new TemporaryDirectory();
        IReadOnlyList<string> content = [];
        Fill();
        Use(store =>
        {
            store.Write(writer => writer.AddTopology(Samples.Topology("in the log")));
            content = StoreDump.Of(store);
            store.BackUp(other.PathOf("cluster.db"));
            store.Write(writer => writer.AddTopology(Samples.Topology("later")));
        });

        Assert.That(other.Entries(), Is.EqualTo(new[] { "cluster.db" }));
        Assert.That(File.GetUnixFileMode(other.PathOf("cluster.db")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        using var directory = DataDirectory.Open(other.Root);
        using var restored = SqliteClusterStore.Open(directory);
        Assert.That(StoreDump.Of(restored), Is.EqualTo(content).And.Count.GreaterThan(10));
    }

    [Test]
    public void A_backup_overwrites_nothing()
    {
        var present = Temporary.Write("kept", "mine");

        Use(store => Assert.That(() => store.BackUp(present), Throws.InstanceOf<StoreException>().With.Message.Contains("exists")));

        Assert.That(File.ReadAllText(present), Is.EqualTo("mine"));
    }

    [Test]
    public void A_backup_to_nowhere_says_so() =>
        Use(store => Assert.That(() => store.BackUp(Temporary.PathOf("none", "file")), Throws.InstanceOf<StoreException>().With.Message.Contains("cannot be written")));
}
