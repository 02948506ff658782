namespace Topology.Cluster.Tests;

/// <summary>Room that runs out, and what the connections are set to.</summary>
public sealed class SqliteWriterTests : SqliteFixture
{
    private static readonly SqliteStoreOptions Small = new() { MaxBytes = 1 << 20 };

    [Test]
    public void A_full_store_says_so_can_be_read_and_takes_changes_again_once_there_is_room()
    {
        IReadOnlyList<string> after = [];
        Use(
            store =>
            {
                store.Write(Samples.Assigned("keep"));
                var (filled, error) = FillUp(store);
                var before = StoreDump.Of(store);

                Assert.That(error.Message, Does.Contain(DatabaseFile).And.Contain("no room"));
                Assert.That(filled, Is.GreaterThan(5));
                Assert.That(() => store.Write(writer => Add(writer, "one more")), Throws.InstanceOf<StoreFullException>());
                Assert.That(StoreDump.Of(store), Is.EqualTo(before), "nothing of what was refused is there");
                Assert.That(store.Write(writer => writer.CommitPosition(Samples.Commit(1, 1, topology: "keep"))), Is.EqualTo(CommitOutcome.Committed), "what fits goes on");

                store.Write(writer => writer.RemoveTopology("big0"));
                store.Write(writer => Add(writer, "one more"));
                after = StoreDump.Of(store);
                Assert.That(store.Read(reader => reader.Topology("one more")), Is.Not.Null);
            },
            Small);

        Use(store => Assert.That(StoreDump.Of(store), Is.EqualTo(after), "it is sound"), Small);
    }

    [Test]
    public async Task A_change_that_does_not_fit_takes_none_of_its_batch_with_it()
    {
        using var store = SqliteClusterStore.Open(Data, Small);
        store.Write(Samples.Assigned("keep", 50));
        FillUp(store);
        using var begun = new ManualResetEventSlim();
        using var hold = new ManualResetEventSlim();
        var first = store.WriteAsync(writer =>
        {
            begun.Set();
            hold.Wait();
            return writer.RaiseGeneration("keep");
        });
        begun.Wait();
        // All of these wait while the first runs, so they are one batch.
        var fitting = Enumerable.Range(1, 50).Select(task => store.WriteAsync(writer => writer.CommitPosition(Samples.Commit(task, task, generation: 1, topology: "keep")))).ToList();
        var large = store.WriteAsync(writer => Add(writer, "one more"));
        hold.Set();

        await first;
        Assert.That(async () => await large, Throws.InstanceOf<StoreFullException>());
        Assert.That(await Task.WhenAll(fitting), Is.All.EqualTo(CommitOutcome.Committed));
        Assert.That(store.Read(reader => reader.Positions("keep").Length), Is.EqualTo(50));
        store.Dispose();
        Use(again => Assert.That(again.Read(reader => reader.Positions("keep").Length), Is.EqualTo(50)), Small);
    }

    [Test]
    public void A_larger_limit_is_room_too()
    {
        var filled = 0;
        Use(store => filled = FillUp(store).Filled, Small);

        Use(store =>
        {
            store.Write(writer => Add(writer, "one more"));
            Assert.That(store.Read(reader => reader.Topologies().Length), Is.EqualTo(filled + 1));
        });
    }

    [Test]
    public void A_file_that_is_damaged_while_it_is_open_takes_no_more_changes()
    {
        using var store = SqliteClusterStore.Open(Data);
        // More than the 2 MB that SQLite keeps in memory, so that it has to look at the file again.
        for (var n = 0; n < 100; n++) store.Write(writer => Add(writer, $"big{n}"));
        using (var file = new FileStream(DatabaseFile, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) file.Write(Enumerable.Repeat((byte)0xEE, (int)file.Length).ToArray());

        var first = Assert.Throws<StoreCorruptException>(() => store.Write(writer => writer.AddTopology(Samples.Topology())));
        var second = Assert.Throws<StoreCorruptException>(() => store.Write(writer => writer.PutSupervisor(Samples.Supervisor())));
        Assert.That(second, Is.SameAs(first), "it was not tried again");
    }

    [Test]
    public void Everything_that_keeps_answers_durable_is_set() => Use(store =>
    {
        store.Write(writer => writer.AddTopology(Samples.Topology()));
        Assert.That(File.Exists(DatabaseFile + "-wal"));
        using var connection = SqliteConnections.OpenWriter(Temporary.PathOf("cluster.db"));
        SqliteConnections.Trust(connection, 1 << 30);

        Assert.That(
            new[] { "journal_mode", "synchronous", "foreign_keys", "trusted_schema", "busy_timeout", "wal_autocheckpoint", "journal_size_limit" }.Select(name => $"{SqliteConnections.Run(connection, $"PRAGMA {name}")}"),
            Is.EqualTo(new[] { "wal", "2", "1", "0", "5000", "1024", "16777216" }));
        SqliteConnections.Run(connection, "PRAGMA writable_schema = ON");
        Assert.That(() => SqliteConnections.Run(connection, "DELETE FROM sqlite_master"), Throws.InstanceOf<Microsoft.Data.Sqlite.SqliteException>(), "defensive");
    });

    [Test]
    public void Readers_neither_write_nor_checkpoint() => Use(store =>
    {
        store.Write(writer => writer.AddTopology(Samples.Topology()));
        var log = File.ReadAllBytes(DatabaseFile + "-wal");
        using (var connection = SqliteConnections.OpenReader(DatabaseFile))
        {
            Assert.That(() => SqliteConnections.Run(connection, "DELETE FROM topologies"), Throws.InstanceOf<Microsoft.Data.Sqlite.SqliteException>().With.Message.Contains("readonly"));
            Assert.That(SqliteConnections.Run(connection, "PRAGMA wal_autocheckpoint"), Is.EqualTo(0));
        }

        Assert.That(File.ReadAllBytes(DatabaseFile + "-wal"), Is.EqualTo(log));
    });

    private static (int Filled, StoreFullException Error) FillUp(SqliteClusterStore store)
    {
        for (var n = 0; ; n++)
        {
            try
            {
                store.Write(writer => Add(writer, $"big{n}"));
            }
            catch (StoreFullException error)
            {
                return (n, error);
            }
        }
    }

    private static bool Add(IStoreWriter writer, string id)
    {
        writer.AddTopology(Samples.Topology(id) with { Settings = Samples.Settings(("text", new string('x', 40_000))) });
        return true;
    }
}
