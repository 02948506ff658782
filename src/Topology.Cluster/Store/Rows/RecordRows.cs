namespace Topology.Cluster;

/// <summary>Records as rows and back. Reading throws <see cref="FormatException"/>, <see cref="System.Text.Json.JsonException"/>, <see cref="OverflowException"/> or <see cref="ArgumentException"/> for what cannot be one.</summary>
internal static class RecordRows
{
    /// <summary>What the sum over the incarnations that are gone has for its worker: sorts before all of them.</summary>
    public const int SumOfWorkers = -1;

    public static object?[] Of(TopologyRecord topology) =>
    [
        topology.Id, topology.Name, topology.Upload, topology.Class, StoreValues.Of(topology.Settings), StoreValues.Of(topology.Plan), (long)topology.Workers,
        topology.State.ToText(), topology.IsWanted ? 1L : 0L, topology.Reason, EndingText(topology.Ending), StoreValues.Of(topology.Deadline),
        (long?)topology.RebalanceTo, (long)topology.RestartsWithoutProgress, StoreValues.Of(topology.SubmittedAt), StoreValues.Of(topology.FirstAckAt), StoreValues.Of(topology.CompletedAt),
        topology.Generation, topology.LastIncarnation, StoreValues.Of(topology.RebalanceExecutors),
    ];

    public static TopologyRecord Topology(StoreRow row) =>
        new(
            row.Text(0), row.Text(1), row.Text(2), row.Text(3), StoreValues.ParseDictionary<string>(row.Text(4)), StoreValues.Parse<PlanOutline>(row.Text(5)),
            row.Small(6), TopologyStates.Parse(row.Text(7)), row.Time(14))
        {
            IsWanted = row.Number(8) != 0,
            Reason = row.OptionalText(9),
            Ending = ParseEnding(row.Text(10)),
            Deadline = row.OptionalTime(11),
            RebalanceTo = row.OptionalSmall(12),
            RestartsWithoutProgress = row.Small(13),
            FirstAckAt = row.OptionalTime(15),
            CompletedAt = row.OptionalTime(16),
            Generation = row.Number(17),
            LastIncarnation = row.Number(18),
            RebalanceExecutors = StoreValues.ParseDictionary<int>(row.Text(19)),
        };

    public static object?[] Of(AssignmentRecord assignment) =>
    [
        assignment.Topology, (long)assignment.Worker, assignment.Incarnation, assignment.Generation, assignment.Supervisor, StoreValues.Of(assignment.Executors),
        (long?)assignment.Pid, assignment.ProcessStart, assignment.Endpoint, (long)assignment.Restarts,
    ];

    public static AssignmentRecord Assignment(StoreRow row) =>
        new(row.Text(0), row.Small(1), row.Number(2), row.Number(3), row.Text(4), [.. StoreValues.Parse<AssignedExecutor[]>(row.Text(5))])
        {
            Pid = row.OptionalSmall(6),
            ProcessStart = row.OptionalText(7),
            Endpoint = row.OptionalText(8),
            Restarts = row.Small(9),
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
        [supervisor.Id, supervisor.Host, StoreValues.Of(supervisor.LastSeen), (long)supervisor.Slots, supervisor.PublicKey.ToArray()];

    public static SupervisorRecord Supervisor(StoreRow row) => new(row.Text(0), row.Text(1), row.Time(2), row.Small(3), row.Bytes(4));

    public static object?[] Of(JoinTokenRecord token) => [token.PublicKey, StoreValues.Of(token.ExpiresAt), token.UsedBy];

    public static JoinTokenRecord JoinToken(StoreRow row) => new(row.Text(0), row.Time(1), row.OptionalText(2));

    public static object?[] Of(CountersRecord counters) =>
        [counters.Topology, (long)(counters.Worker ?? SumOfWorkers), counters.Incarnation, StoreValues.Of(counters.Counters)];

    public static CountersRecord Counters(StoreRow row) =>
        new(row.Text(0), row.Small(1) == SumOfWorkers ? null : row.Small(1), row.Number(2), StoreValues.ParseDictionary<long>(row.Text(3)));

    /// <summary>Reads a row of any table, to see whether it can be read.</summary>
    public static void Check(StoreTable table, StoreRow row)
    {
        if (table == StoreTable.Topologies) Topology(row);
        else if (table == StoreTable.Assignments) Assignment(row);
        else if (table == StoreTable.Fences) _ = row.Small(1) + row.Number(2);
        else if (table == StoreTable.Positions) Position(row);
        else if (table == StoreTable.Errors) Error(row);
        else if (table == StoreTable.Supervisors) Supervisor(row);
        else if (table == StoreTable.JoinTokens) JoinToken(row);
        else if (table == StoreTable.Counters) Counters(row);
    }

    private static string EndingText(Ending ending) => ending switch
    {
        Ending.None => "none",
        Ending.Suspend => "suspend",
        Ending.Kill => "kill",
        Ending.Complete => "complete",
        _ => throw new ArgumentOutOfRangeException(nameof(ending), ending, "No such ending."),
    };

    private static Ending ParseEnding(string text)
    {
        foreach (var ending in Enum.GetValues<Ending>())
        {
            if (EndingText(ending) == text) return ending;
        }

        throw new FormatException($"'{text}' is nothing that a topology drains for.");
    }
}
