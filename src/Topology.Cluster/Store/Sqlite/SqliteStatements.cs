using System.Collections.Concurrent;

namespace Topology.Cluster;

/// <summary>The statements of a table. Their parts are names from <see cref="StoreTable"/>; values are always parameters, named $0, $1…</summary>
internal sealed class SqliteStatements
{
    private static readonly ConcurrentDictionary<StoreTable, SqliteStatements> Known = new();

    private readonly StoreTable _table;

    private SqliteStatements(StoreTable table)
    {
        _table = table;
        var columns = string.Join(", ", table.Columns);
        Select = $"SELECT {columns}, sum FROM {table.Name}";
        SelectSums = $"SELECT {string.Join(", ", table.Columns.Take(table.KeyLength))}, sum FROM {table.Name}";
        Put = $"INSERT INTO {table.Name} ({columns}, sum) VALUES ({string.Join(", ", table.Columns.Select((_, at) => $"${at}"))}, ${table.Columns.Length}) "
            + $"ON CONFLICT ({string.Join(", ", table.Columns.Take(table.KeyLength))}) DO UPDATE SET {string.Join(", ", table.Columns.Skip(table.KeyLength).Append("sum").Select(column => $"{column} = excluded.{column}"))}";
    }

    public string Put { get; }

    private string Select { get; }

    private string SelectSums { get; }

    public static SqliteStatements Of(StoreTable table) => Known.GetOrAdd(table, static table => new SqliteStatements(table));

    /// <summary>Reads the rows whose keys begin with so many values, by key.</summary>
    public string Scan(int given) => $"{Select}{Where(given)} ORDER BY {string.Join(", ", _table.Columns.Take(_table.KeyLength))}";

    /// <summary>Reads the keys and the sums of the rows whose keys begin with so many values.</summary>
    public string Sums(int given) => $"{SelectSums}{Where(given)}";

    /// <summary>Removes the rows whose keys begin with so many values.</summary>
    public string Delete(int given) => $"DELETE FROM {_table.Name}{Where(given)}";

    private string Where(int given) => given == 0 ? "" : $" WHERE {string.Join(" AND ", _table.Columns.Take(given).Select((column, at) => $"{column} = ${at}"))}";
}
