using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace Topology.Cluster;

/// <summary>
/// Rows of an open file. Keeps its statements prepared. For one thread at a time; owns the connection, and has to be disposed: a statement that is left to the garbage collector keeps SQLite from closing the file for as long as
/// that likes, with what was written last still in the log.
/// </summary>
internal sealed class SqliteRows(SqliteConnection connection) : IStoreRows, IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    public SqliteConnection Connection { get; } = connection;

    /// <summary>What the rows of each table come to, as changed by what was put and deleted here. Whoever takes a change back sets what was before it.</summary>
    public ImmutableDictionary<StoreTable, TableTotal> Totals { get; set; } = ImmutableDictionary<StoreTable, TableTotal>.Empty;

    public StoreRow? Find(StoreTable table, params ReadOnlySpan<object> key) => Scan(table, key) is [var row, ..] ? row : null;

    public IReadOnlyList<StoreRow> Scan(StoreTable table, params ReadOnlySpan<object> keyStart)
    {
        var rows = new List<StoreRow>();
        using var reader = Bound(SqliteStatements.Of(table).Scan(keyStart.Length), keyStart!).ExecuteReader();
        while (reader.Read()) rows.Add(Read(table, reader));
        return rows;
    }

    /// <summary>Reads every row of a table, one at a time, with the sum that is kept with it.</summary>
    public IEnumerable<(StoreRow Row, long Sum)> Each(StoreTable table)
    {
        using var reader = Bound(SqliteStatements.Of(table).Scan(0), []).ExecuteReader();
        while (reader.Read()) yield return (Read(table, reader), SumIn(reader));
    }

    public void Put(StoreTable table, object?[] values)
    {
        var key = values.AsSpan(0, table.KeyLength);
        var sum = RowSum.Of(table, values);
        var total = Without(table, key!).Plus(RowSum.Of(table, key), sum);
        Bound(SqliteStatements.Of(table).Put, [.. values, sum]).ExecuteNonQuery();
        Totals = Totals.SetItem(table, total);
    }

    public int Delete(StoreTable table, params ReadOnlySpan<object> keyStart)
    {
        var total = Without(table, keyStart);
        var deleted = Bound(SqliteStatements.Of(table).Delete(keyStart.Length), keyStart!).ExecuteNonQuery();
        Totals = Totals.SetItem(table, total);
        return deleted;
    }

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
        var isWhole = SumIn(reader) == RowSum.Of(table, values);
        return new StoreRow(values, isWhole ? null : "Its values are not those that were written: their sum differs.");
    }

    // The column is an integer by the table's own rule, which the check at opening looks at.
    private static long SumIn(SqliteDataReader reader) => reader.GetValue(reader.FieldCount - 1) is long sum ? sum : 0;

    /// <summary>A table's total without the rows whose keys begin so.</summary>
    private TableTotal Without(StoreTable table, ReadOnlySpan<object> keyStart)
    {
        var total = Totals.GetValueOrDefault(table);
        using var reader = Bound(SqliteStatements.Of(table).Sums(keyStart.Length), keyStart!).ExecuteReader();
        var key = new object?[table.KeyLength];
        while (reader.Read())
        {
            for (var at = 0; at < key.Length; at++) key[at] = reader.GetValue(at);
            total = total.Minus(RowSum.Of(table, key), SumIn(reader));
        }

        return total;
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
