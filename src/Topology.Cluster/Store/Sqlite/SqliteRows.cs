using Microsoft.Data.Sqlite;

namespace Topology.Cluster;

/// <summary>Rows of an open file. Keeps its statements prepared. For one thread at a time; owns the connection.</summary>
internal sealed class SqliteRows(SqliteConnection connection) : IStoreRows, IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    public SqliteConnection Connection { get; } = connection;

    public StoreRow? Find(StoreTable table, params ReadOnlySpan<object> key) => Scan(table, key) is [var row, ..] ? row : null;

    public IReadOnlyList<StoreRow> Scan(StoreTable table, params ReadOnlySpan<object> keyStart)
    {
        var rows = new List<StoreRow>();
        using var reader = Bound(SqliteStatements.Of(table).Scan(keyStart.Length), keyStart!).ExecuteReader();
        while (reader.Read()) rows.Add(Read(table, reader));
        return rows;
    }

    public void Put(StoreTable table, object?[] values) => Bound(SqliteStatements.Of(table).Put, [.. values, RowSum.Of(table, values)]).ExecuteNonQuery();

    public int Delete(StoreTable table, params ReadOnlySpan<object> keyStart) => Bound(SqliteStatements.Of(table).Delete(keyStart.Length), keyStart!).ExecuteNonQuery();

    /// <summary>Runs a statement without values or rows, such as BEGIN.</summary>
    public void Run(string statement) => Bound(statement, []).ExecuteNonQuery();

    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
        Connection.Dispose();
    }

    private static StoreRow Read(StoreTable table, SqliteDataReader reader)
    {
        var values = new object?[table.Columns.Length];
        for (var at = 0; at < values.Length; at++) values[at] = reader.IsDBNull(at) ? null : reader.GetValue(at);
        var isWhole = reader.GetValue(values.Length) is long sum && sum == RowSum.Of(table, values);
        return new StoreRow(values, isWhole ? null : "Its values are not those that were written: their sum differs.");
    }

    private SqliteCommand Bound(string statement, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(statement, out var command))
        {
            command = Connection.CreateCommand();
            command.CommandText = statement;
            for (var at = 0; at < values.Length; at++) command.Parameters.Add(new SqliteParameter { ParameterName = $"${at}" });
            _commands.Add(statement, command);
        }

        for (var at = 0; at < values.Length; at++) command.Parameters[at].Value = values[at] ?? DBNull.Value;
        return command;
    }
}
