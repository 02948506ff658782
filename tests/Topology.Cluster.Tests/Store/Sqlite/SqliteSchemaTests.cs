namespace Topology.Cluster.Tests;

/// <summary>The versions of the file.</summary>
public sealed class SqliteSchemaTests : SqliteFixture
{
    private static readonly SqliteMigration Next = new(["ALTER TABLE topologies ADD COLUMN colour TEXT", "CREATE TABLE extra (id TEXT PRIMARY KEY)"]);

    private static IEnumerable<int> Versions => Enumerable.Range(1, SqliteSchema.Product.Version);

    [Test]
    public void The_columns_on_disk_are_those_that_are_read()
    {
        Fill();
        Meddle(connection =>
        {
            foreach (var table in StoreTable.All)
            {
                var columns = SqliteConnections.Run(connection, $"SELECT group_concat(name) FROM pragma_table_info('{table.Name}')");
                Assert.That(columns, Is.EqualTo(string.Join(',', table.Columns.Append("sum"))));
            }

            Assert.That(SqliteConnections.Run(connection, "SELECT count(*) FROM sqlite_master WHERE type = 'table'"), Is.EqualTo(StoreTable.All.Length));
        });
    }

    [TestCaseSource(nameof(Versions))]
    public void A_file_of_any_version_is_taken_to_the_present_and_the_next_with_what_it_holds(int version)
    {
        Use(store => store.Write(writer => writer.AddTopology(Samples.Topology())));
        if (version < SqliteSchema.Product.Version) Meddle(MakeFirst);

        Use(store => Assert.That(store.Read(reader => reader.Topologies().Length), Is.EqualTo(1)));
        Use(store => store.Write(writer => writer.PutSupervisor(Samples.Supervisor())));
        Use(store => Assert.That(store.Read(reader => reader.Supervisors().Length), Is.EqualTo(1)), Extended(Next));

        Meddle(connection =>
        {
            Assert.That(SqliteConnections.Run(connection, "PRAGMA user_version"), Is.EqualTo(SqliteSchema.Product.Version + 1));
            Assert.That(SqliteConnections.Run(connection, "SELECT count(colour) + (SELECT count(*) FROM extra) FROM topologies"), Is.EqualTo(0));
        });
        Assert.That(() => SqliteClusterStore.Open(Data), Throws.InstanceOf<StoreVersionException>(), "and is now newer than the program before");
    }

    [Test]
    public void A_migration_that_fails_leaves_the_version_before_it()
    {
        Fill();
        var failing = Extended(Next, new(["CREATE TABLE more (id TEXT PRIMARY KEY)", "INSERT INTO nowhere VALUES (1)"]));

        Assert.That(() => SqliteClusterStore.Open(Data, failing), Throws.InstanceOf<StoreException>().With.Message.Contains("nowhere"));

        Meddle(connection =>
        {
            Assert.That(SqliteConnections.Run(connection, "PRAGMA user_version"), Is.EqualTo(SqliteSchema.Product.Version + 1), "the one before was finished");
            Assert.That(SqliteConnections.Run(connection, "SELECT count(*) FROM sqlite_master WHERE name = 'more'"), Is.EqualTo(0));
        });
        Use(store => Assert.That(StoreDump.Of(store), Is.Not.Empty), Extended(Next));
    }

    [TestCase("UPDATE topologies SET generation = 'many'")]
    [TestCase("UPDATE topologies SET state = 'sleeping'")]
    [TestCase("UPDATE positions SET payload = 'text'")]
    [TestCase("UPDATE positions SET sequence = 1.5")]
    [TestCase("UPDATE supervisors SET public_key = x'00'")]
    [TestCase("UPDATE join_tokens SET public_key = 'short'")]
    [TestCase("INSERT INTO fences VALUES ('none', 1, 1, 0)")]
    [TestCase("DELETE FROM topologies")]
    public void The_file_itself_refuses_values_of_another_type_and_rows_of_nothing(string statement)
    {
        Fill();

        Meddle(connection => Assert.That(() => SqliteConnections.Run(connection, statement), Throws.InstanceOf<Microsoft.Data.Sqlite.SqliteException>().With.Message.Contains("constraint failed")));
    }

    /// <summary>Takes a file back to the first version, of which it holds nothing that was changed since.</summary>
    private static void MakeFirst(Microsoft.Data.Sqlite.SqliteConnection connection)
    {
        var supervisors = SqliteSchema.Product.Migrations[0].Statements.Single(s => s.Contains("TABLE supervisors", StringComparison.Ordinal));
        foreach (var statement in new[] { "DROP TABLE join_tokens", "DROP TABLE supervisors", supervisors, "PRAGMA user_version = 1" }) SqliteConnections.Run(connection, statement);
    }

    private static SqliteStoreOptions Extended(params SqliteMigration[] more) => new() { Schema = new([.. SqliteSchema.Product.Migrations, .. more]) };
}
