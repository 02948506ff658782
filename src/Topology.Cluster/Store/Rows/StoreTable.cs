using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>One kind of record as rows of values: texts, 64-bit integers, bytes and nulls.</summary>
/// <param name="Name">Its name on disk and in reports.</param>
/// <param name="KeyLength">How many of the columns, from the first, make a row's key.</param>
/// <param name="Columns">The names of the columns, in the order of the values.</param>
internal sealed record StoreTable(string Name, int KeyLength, ImmutableArray<string> Columns)
{
    public static readonly StoreTable Metadata = new("metadata", 1, ["key", "value"]);

    public static readonly StoreTable Topologies = new("topologies", 1,
    [
        "id", "name", "upload", "class", "settings", "plan", "workers", "state", "is_wanted", "reason",
        "ending", "deadline", "rebalance_to", "restarts", "submitted_at", "first_ack_at", "completed_at", "generation", "last_incarnation", "rebalance_executors",
    ]);

    public static readonly StoreTable Assignments = new("assignments", 2,
        ["topology", "worker", "incarnation", "generation", "supervisor", "executors", "pid", "process_start", "endpoint", "restarts"]);

    /// <summary>The last incarnation that each task was assigned to. It outlives the assignment.</summary>
    public static readonly StoreTable Fences = new("fences", 2, ["topology", "task", "incarnation"]);

    public static readonly StoreTable Positions = new("positions", 2, ["topology", "task", "component", "incarnation", "sequence", "payload"]);

    public static readonly StoreTable Errors = new("errors", 2, ["topology", "number", "component", "task", "message", "detail", "first_at", "last_at", "count"]);

    public static readonly StoreTable Supervisors = new("supervisors", 1, ["id", "host", "last_seen", "slots", "public_key"]);

    public static readonly StoreTable JoinTokens = new("join_tokens", 1, ["public_key", "expires_at", "used_by"]);

    public static readonly StoreTable Counters = new("counters", 2, ["topology", "worker", "incarnation", "counters"]);

    /// <summary>The tables whose rows belong to a topology, by its id in the first column.</summary>
    public static readonly ImmutableArray<StoreTable> OfTopologies = [Assignments, Fences, Positions, Errors, Counters];

    /// <summary>All tables; a table comes after those that it refers to.</summary>
    public static readonly ImmutableArray<StoreTable> All = [Metadata, Topologies, .. OfTopologies, Supervisors, JoinTokens];
}
