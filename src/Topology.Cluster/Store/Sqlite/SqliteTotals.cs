using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>The totals of all tables, which are kept in the file with each change and compared with its rows when it is opened.</summary>
internal static class SqliteTotals
{
    private const string Key = "totals";

    /// <summary>The tables that are added up; the one that keeps the totals is too small to lose anything unnoticed.</summary>
    private static readonly ImmutableArray<StoreTable> Tables = StoreTable.All.Remove(StoreTable.Metadata);

    /// <summary>Keeps the totals of rows, in the transaction that is open.</summary>
    public static void Keep(SqliteRows rows)
    {
        var totals = Tables.ToDictionary(table => table.Name, table => rows.Totals.GetValueOrDefault(table));
        rows.Put(StoreTable.Metadata, [Key, StoreValues.Of(totals)]);
    }

    /// <summary>Reads every row, and goes on from what there is if that is what was kept: a value that is damaged inside a row is for the quarantine.</summary>
    /// <exception cref="StoreCorruptException">A row is missing, is too many, or is an earlier one.</exception>
    public static void Verify(SqliteRows rows, string file)
    {
        var kept = Kept(rows, file);
        foreach (var table in Tables)
        {
            var (present, hasDamage) = Count(rows, table);
            var expected = kept.GetValueOrDefault(table.Name);
            if (present.Count != expected.Count) throw new StoreCorruptException(file, $"there are {present.Count} {table.Name}, where {expected.Count} were written.");
            if (present.Keys != expected.Keys) throw new StoreCorruptException(file, $"of its {table.Name} one cannot be found any more under its name.");
            if (present.Sums != expected.Sums && !hasDamage) throw new StoreCorruptException(file, $"its {table.Name} are not those that were written last.");
            rows.Totals = rows.Totals.SetItem(table, present);
        }
    }

    private static Dictionary<string, TableTotal> Kept(SqliteRows rows, string file)
    {
        var row = rows.Find(StoreTable.Metadata, Key);
        return row is { Damage: null } ? StoreValues.Parse<Dictionary<string, TableTotal>>(row.Text(1)) : throw new StoreCorruptException(file, "it does not say how much it holds.");
    }

    private static (TableTotal Total, bool HasDamage) Count(SqliteRows rows, StoreTable table)
    {
        var (total, hasDamage) = (default(TableTotal), false);
        foreach (var (row, sum) in rows.Each(table))
        {
            total = total.Plus(RowSum.Of(table, row.Values.AsSpan(0, table.KeyLength)), sum);
            hasDamage |= row.Damage is not null;
        }

        return (total, hasDamage);
    }
}
