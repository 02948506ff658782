using System.Collections.Immutable;
using System.Text.Json;

namespace Topology.Cluster;

/// <summary>Makes records of rows; those that cannot be read are passed over, and listed by <see cref="Quarantined"/>.</summary>
internal class StoreReader(IStoreRows rows) : IStoreReader
{
    protected IStoreRows Rows { get; } = rows;

    public TopologyRecord? Topology(string id) => Single(Rows.Find(StoreTable.Topologies, id), RecordRows.Topology);

    public TopologyRecord? LivingTopology(string name) => Topologies().FirstOrDefault(topology => topology.Name == name && !topology.State.IsEnded());

    public ImmutableArray<TopologyRecord> Topologies() =>
        [.. Readable(Rows.Scan(StoreTable.Topologies), RecordRows.Topology).OrderBy(topology => topology.SubmittedAt).ThenBy(topology => topology.Id, StringComparer.Ordinal)];

    public ImmutableArray<AssignmentRecord> Assignments(string topology) =>
        [.. Readable(Rows.Scan(StoreTable.Assignments, topology), RecordRows.Assignment).OrderBy(assignment => assignment.Worker)];

    public PositionRecord? Position(string topology, string component, int task)
    {
        if (Rows.Find(StoreTable.Positions, topology, (long)task) is not { } row) return null;
        var position = Single(row, RecordRows.Position) ?? throw PositionRules.Unreadable(topology, component, task);
        return position.Component == component ? position : null;
    }

    public ImmutableArray<PositionRecord> Positions(string topology) =>
        [.. Readable(Rows.Scan(StoreTable.Positions, topology), RecordRows.Position)];

    // By number, which is the order in which they came.
    public ImmutableArray<ErrorRecord> Errors(string topology) => [.. Readable(Rows.Scan(StoreTable.Errors, topology), RecordRows.Error)];

    public SupervisorRecord? Supervisor(string id) => Single(Rows.Find(StoreTable.Supervisors, id), RecordRows.Supervisor);

    public ImmutableArray<SupervisorRecord> Supervisors() =>
        [.. Readable(Rows.Scan(StoreTable.Supervisors), RecordRows.Supervisor).OrderBy(supervisor => supervisor.Id, StringComparer.Ordinal)];

    public ImmutableArray<JoinTokenRecord> JoinTokens() => [.. Readable(Rows.Scan(StoreTable.JoinTokens), RecordRows.JoinToken)];

    public ImmutableArray<CountersRecord> Counters(string topology) =>
        [.. Readable(Rows.Scan(StoreTable.Counters, topology), RecordRows.Counters).OrderBy(counters => counters.Worker)];

    public ImmutableArray<QuarantinedRecord> Quarantined() =>
    [
        .. from table in StoreTable.All
           from row in Rows.Scan(table)
           let reason = row.Damage ?? ReasonOf(() => RecordRows.Check(table, row))
           where reason is not null
           select new QuarantinedRecord(table.Name, row.Key(table), reason),
    ];

    public static T? Single<T>(StoreRow? row, Func<StoreRow, T> read) where T : class => row is null ? null : Readable([row], read).FirstOrDefault();

    public static IEnumerable<T> Readable<T>(IEnumerable<StoreRow> rows, Func<StoreRow, T> read) where T : class
    {
        foreach (var row in rows)
        {
            T? record = null;
            if (row.Damage is null) ReasonOf(() => record = read(row));
            if (record is not null) yield return record;
        }
    }

    private static string? ReasonOf(Action read)
    {
        try
        {
            read();
            return null;
        }
        // The texts of these say where and what kind, and not the values, which may be secret settings.
        catch (JsonException exception)
        {
            return $"It holds JSON that cannot be read, at byte {exception.BytePositionInLine} of line {exception.LineNumber}.";
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException)
        {
            return $"It holds a value that cannot be read ({exception.GetType().Name}).";
        }
    }
}
