using System.Globalization;

namespace Topology.Cluster;

/// <summary>Records as rows and back. Reading throws <see cref="FormatException"/>, <see cref="System.Text.Json.JsonException"/>, <see cref="OverflowException"/> or <see cref="ArgumentException"/> for what cannot be one.</summary>
internal static class RecordRows
{
    public static object?[] Of(TopologyRecord topology) =>
    [
        topology.Id, topology.Name, topology.Upload, topology.Class, StoreValues.Of(topology.Settings), (long)topology.Workers,
        topology.PlanHash.ToString("x16", CultureInfo.InvariantCulture), topology.State.ToText(), topology.Reason,
        StoreValues.Of(topology.SubmittedAt), StoreValues.Of(topology.FirstAckAt), StoreValues.Of(topology.CompletedAt),
        topology.Generation, topology.LastIncarnation,
    ];

    public static TopologyRecord Topology(StoreRow row) =>
        new(
            row.Text(0), row.Text(1), row.Text(2), row.Text(3), StoreValues.ParseDictionary<string>(row.Text(4)), row.Small(5),
            ulong.Parse(row.Text(6), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), TopologyStates.Parse(row.Text(7)), row.Time(9))
        {
            Reason = row.OptionalText(8),
            FirstAckAt = row.OptionalTime(10),
            CompletedAt = row.OptionalTime(11),
            Generation = row.Number(12),
            LastIncarnation = row.Number(13),
        };

    public static object?[] Of(AssignmentRecord assignment) =>
    [
        assignment.Topology, assignment.Worker, assignment.Incarnation, assignment.Supervisor, StoreValues.Of(assignment.Executors),
        (long?)assignment.Pid, assignment.ProcessStart, assignment.Endpoint, (long)assignment.Restarts,
    ];

    public static AssignmentRecord Assignment(StoreRow row) =>
        new(row.Text(0), row.Text(1), row.Number(2), row.Text(3), [.. StoreValues.Parse<ExecutorTasks[]>(row.Text(4))])
        {
            Pid = row.Values[5] is null ? null : row.Small(5),
            ProcessStart = row.OptionalText(6),
            Endpoint = row.OptionalText(7),
            Restarts = row.Small(8),
        };

    public static object?[] Of(PositionCommit commit) =>
        [commit.Topology, (long)commit.Task, commit.Component, commit.Incarnation, commit.Sequence, commit.Payload.ToArray()];

    public static PositionRecord Position(StoreRow row) => new(row.Text(0), row.Text(2), row.Small(1), row.Number(3), row.Number(4), row.Bytes(5));

    public static object?[] Of(ErrorRecord error, long number) =>
    [
        error.Topology, number, error.Component, (long)error.Task, error.Message, error.Detail,
        StoreValues.Of(error.FirstAt), StoreValues.Of(error.LastAt), error.Count,
    ];

    public static ErrorRecord Error(StoreRow row) =>
        new(row.Text(0), row.Text(2), row.Small(3), row.Text(4), row.Text(5), row.Time(6), row.Time(7), row.Number(8));

    public static object?[] Of(SupervisorRecord supervisor) =>
        [supervisor.Id, supervisor.Host, StoreValues.Of(supervisor.LastSeen), (long)supervisor.Slots, supervisor.JoinSecretHash.ToArray()];

    public static SupervisorRecord Supervisor(StoreRow row) => new(row.Text(0), row.Text(1), row.Time(2), row.Small(3), row.Bytes(4));

    // No worker has an empty id, so it is free for the sum, and sorts before all of them.
    public static object?[] Of(CountersRecord counters) =>
        [counters.Topology, counters.Worker ?? "", counters.Incarnation, StoreValues.Of(counters.Counters)];

    public static CountersRecord Counters(StoreRow row) =>
        new(row.Text(0), row.Text(1).Length == 0 ? null : row.Text(1), row.Number(2), StoreValues.ParseDictionary<long>(row.Text(3)));

    /// <summary>Reads a row of any table, to see whether it can be read.</summary>
    public static void Check(StoreTable table, StoreRow row)
    {
        if (table == StoreTable.Topologies) Topology(row);
        else if (table == StoreTable.Assignments) Assignment(row);
        else if (table == StoreTable.Fences) _ = row.Small(1) + row.Number(2);
        else if (table == StoreTable.Positions) Position(row);
        else if (table == StoreTable.Errors) Error(row);
        else if (table == StoreTable.Supervisors) Supervisor(row);
        else if (table == StoreTable.Counters) Counters(row);
    }
}
