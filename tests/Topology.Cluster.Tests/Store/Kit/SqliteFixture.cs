using Microsoft.Data.Sqlite;

namespace Topology.Cluster.Tests;

/// <summary>Tests that look at the file itself.</summary>
public abstract class SqliteFixture
{
    internal TemporaryDirectory Temporary { get; private set; } = null!;

    protected DataDirectory Data { get; private set; } = null!;

    protected string DatabaseFile => Temporary.PathOf("cluster.db");

    [SetUp]
    public void TakeDirectory()
    {
        Temporary = new TemporaryDirectory();
        Data = DataDirectory.Open(Temporary.Root);
    }

    [TearDown]
    public void RemoveDirectory()
    {
        Data.Dispose();
        Temporary.Dispose();
    }

    /// <summary>Uses the store and closes it, which leaves one file.</summary>
    protected void Use(Action<SqliteClusterStore> use, SqliteStoreOptions? options = null)
    {
        using var store = SqliteClusterStore.Open(Data, options);
        use(store);
    }

    /// <summary>Uses the closed file behind the store's back.</summary>
    protected void Meddle(Action<SqliteConnection> meddle)
    {
        using var connection = SqliteConnections.OpenWriter(DatabaseFile);
        SqliteConnections.Trust(connection, 1 << 30);
        meddle(connection);
    }

    /// <summary>A store with a few of everything.</summary>
    protected void Fill(int topologies = 3) => Use(store =>
    {
        for (var n = 1; n <= topologies; n++) FillTopology(store, $"t{n}");
        store.Write(writer => writer.PutSupervisor(Samples.Supervisor()));
        store.Write(writer => writer.PutJoinToken(Samples.JoinToken()));
    });

    private static void FillTopology(SqliteClusterStore store, string id)
    {
        store.Write(Samples.Assigned(id, 8));
        store.Write(writer =>
        {
            for (var task = 1; task <= 8; task++) writer.CommitPosition(Samples.Commit(task, task, topology: id) with { Payload = new byte[300] });
            for (var n = 0; n < 10; n++) writer.AddError(Samples.Error($"error {n}", topology: id));
            writer.ReportCounters(id, 1, 1, Samples.Counters(("acked", 5)));
        });
    }
}
