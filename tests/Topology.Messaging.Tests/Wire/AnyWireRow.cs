using FsCheck;
using FsCheck.Fluent;

namespace Topology.Messaging.Tests;

/// <summary>A row to be sent.</summary>
/// <param name="Source">Its source, of as many values as <see cref="Arities"/> says.</param>
/// <param name="Target">The executor that gets it.</param>
/// <param name="Task">The task there.</param>
/// <param name="Values">Its values.</param>
/// <param name="Ids">Its tree and edge.</param>
/// <param name="Further">Its further pairs.</param>
/// <param name="IsShared">Whether it has the values of the row before, if that is of the same source.</param>
internal sealed record AnyWireRow(int Source, int Target, int Task, Value[] Values, TupleIds Ids, TupleIds[] Further, bool IsShared)
{
    public const int Targets = 3;

    /// <summary>The number of values by source.</summary>
    public static readonly ushort[] Arities = [2, 0, 1, 3, 16, 700];

    /// <summary>The tasks by executor.</summary>
    public static readonly ushort[] Tasks = [1, 4, ushort.MaxValue];

    private static readonly Gen<TupleIds> Trees =
        from root in ArbMap.Default.GeneratorFor<ulong>()
        from edge in Gen.OneOf(Gen.Constant(0UL), ArbMap.Default.GeneratorFor<ulong>())
        select new TupleIds(root | 1, edge);

    /// <summary>Rows that are in no tree, in trees without edges of their own, or in any.</summary>
    public static Gen<AnyWireRow[]> Rows { get; } =
        from kind in Gen.Choose(0, 2)
        from count in Gen.Frequency((5, Gen.Choose(1, 20)), (1, Gen.Constant(TupleBatch.Capacity)))
        from rows in Any(kind).ListOf(count)
        select rows.ToArray();

    /// <summary>A worker that may be sent such rows, as its receiver number 1.</summary>
    public static WirePlan Plan(int maxValueBytes = 1 << 20) => new(Arities, [null, new WireReceiver(new BatchPool(), Tasks)], maxValueBytes);

    /// <summary>As many of the rows as fit in one batch, published.</summary>
    public static TupleBatch Fill(BatchPool pool, ReadOnlySpan<AnyWireRow> rows)
    {
        var batch = pool.Rent();
        var values = 0;
        AnyWireRow? before = null;
        foreach (var row in rows)
        {
            var shares = row.IsShared && before?.Source == row.Source;
            if (!shares)
            {
                if (!batch.HasRoom(row.Values.Length)) batch.EnsureRoom(row.Values.Length);
                values = batch.AddValues(row.Values);
            }

            var extra = row.Further.Length == 0 ? -1 : batch.AddExtra(row.Further);
            batch.AddRow(row.Target, Row.Address(row.Values.Length, row.Source, row.Task), values, row.Ids, extra);
            before = row;
        }

        batch.Publish();
        return batch;
    }

    private static Gen<AnyWireRow> Any(int kind) =>
        from source in Gen.Frequency((9, Gen.Choose(0, 3)), (1, Gen.Choose(4, 5)))
        from target in Gen.Choose(0, Targets - 1)
        from task in Gen.Choose(0, Math.Min(5, Tasks[target] - 1))
        from values in AnyWireValue.Generator.ListOf(Math.Min(20, (int)Arities[source]))
        from ids in kind == 0 ? Gen.Constant(default(TupleIds)) : Trees
        from further in Gen.Frequency((8, Gen.Constant<List<TupleIds>>([])), (kind, Trees.NonEmptyListOf().Select(pairs => pairs.ToList())))
        from shared in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new AnyWireRow(
            source,
            target,
            task,
            [.. values, .. Enumerable.Range(0, Arities[source] - values.Count).Select(i => (Value)i)],
            kind == 1 ? new TupleIds(ids.Root, 0) : ids,
            [.. further],
            shared);
}
