using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>The versions of the file. A migration that has been released is never edited: what comes later is another one behind it.</summary>
/// <param name="Migrations">The one at index n takes version n to n + 1; version 0 is an empty file.</param>
internal sealed record SqliteSchema(ImmutableArray<SqliteMigration> Migrations)
{
    /// <summary>"TOPO" in ASCII: tells our files from other SQLite files.</summary>
    public const int ApplicationId = 0x544F504F;

    public static readonly SqliteSchema Product = new(
    [
        new([Metadata, Topologies, Assignments, Fences, Positions, Errors, Supervisors, Counters]),
        // Nothing wrote supervisors before they could join from other hosts.
        new(["DROP TABLE supervisors", SupervisorsByKey, JoinTokens]),
    ]);

    public int Version => Migrations.Length;

    // The packaged SQLite is older than STRICT tables, so each column checks its type itself. Each row carries the sum of its values, see RowSum.
    private const string Metadata =
        """
        CREATE TABLE metadata (
          key TEXT NOT NULL PRIMARY KEY CHECK (typeof(key) = 'text'),
          value TEXT NOT NULL CHECK (typeof(value) = 'text'),
          sum INTEGER NOT NULL CHECK (typeof(sum) = 'integer')
        ) WITHOUT ROWID
        """;

    private const string Topologies =
        """
        CREATE TABLE topologies (
          id TEXT NOT NULL PRIMARY KEY CHECK (typeof(id) = 'text'),
          name TEXT NOT NULL CHECK (typeof(name) = 'text'),
          upload TEXT NOT NULL CHECK (typeof(upload) = 'text' AND length(upload) = 64),
          class TEXT NOT NULL CHECK (typeof(class) = 'text'),
          settings TEXT NOT NULL CHECK (typeof(settings) = 'text'),
          plan TEXT NOT NULL CHECK (typeof(plan) = 'text'),
          workers INTEGER NOT NULL CHECK (typeof(workers) = 'integer' AND workers >= 1),
          state TEXT NOT NULL CHECK (state IN ('submitted', 'starting', 'active', 'inactive', 'rebalancing', 'recovering', 'draining', 'killed', 'failed', 'completed')),
          is_wanted INTEGER NOT NULL CHECK (is_wanted IN (0, 1)),
          reason TEXT CHECK (typeof(reason) IN ('text', 'null')),
          ending TEXT NOT NULL CHECK (ending IN ('none', 'suspend', 'kill', 'complete')),
          deadline TEXT CHECK (typeof(deadline) IN ('text', 'null')),
          rebalance_to INTEGER CHECK (typeof(rebalance_to) IN ('integer', 'null')),
          restarts INTEGER NOT NULL CHECK (typeof(restarts) = 'integer' AND restarts >= 0),
          submitted_at TEXT NOT NULL CHECK (typeof(submitted_at) = 'text'),
          first_ack_at TEXT CHECK (typeof(first_ack_at) IN ('text', 'null')),
          completed_at TEXT CHECK (typeof(completed_at) IN ('text', 'null')),
          generation INTEGER NOT NULL CHECK (typeof(generation) = 'integer' AND generation >= 0),
          last_incarnation INTEGER NOT NULL CHECK (typeof(last_incarnation) = 'integer' AND last_incarnation >= 0),
          rebalance_executors TEXT NOT NULL CHECK (typeof(rebalance_executors) = 'text'),
          sum INTEGER NOT NULL CHECK (typeof(sum) = 'integer')
        ) WITHOUT ROWID
        """;

    private const string Assignments =
        """
        CREATE TABLE assignments (
          topology TEXT NOT NULL REFERENCES topologies (id),
          worker INTEGER NOT NULL CHECK (typeof(worker) = 'integer' AND worker >= 0),
          incarnation INTEGER NOT NULL CHECK (typeof(incarnation) = 'integer' AND incarnation >= 1),
          generation INTEGER NOT NULL CHECK (typeof(generation) = 'integer' AND generation >= 0),
          supervisor TEXT NOT NULL CHECK (typeof(supervisor) = 'text'),
          executors TEXT NOT NULL CHECK (typeof(executors) = 'text'),
          pid INTEGER CHECK (typeof(pid) IN ('integer', 'null')),
          process_start TEXT CHECK (typeof(process_start) IN ('text', 'null')),
          endpoint TEXT CHECK (typeof(endpoint) IN ('text', 'null')),
          restarts INTEGER NOT NULL CHECK (typeof(restarts) = 'integer' AND restarts >= 0),
          sum INTEGER NOT NULL CHECK (typeof(sum) = 'integer'),
          PRIMARY KEY (topology, worker)
        ) WITHOUT ROWID
        """;

    private const string Fences =
        """
        CREATE TABLE fences (
          topology TEXT NOT NULL REFERENCES topologies (id),
          task INTEGER NOT NULL CHECK (typeof(task) = 'integer' AND task >= 1),
          incarnation INTEGER NOT NULL CHECK (typeof(incarnation) = 'integer' AND incarnation >= 1),
          sum INTEGER NOT NULL CHECK (typeof(sum) = 'integer'),
          PRIMARY KEY (topology, task)
        ) WITHOUT ROWID
        """;

    private const string Positions =
        """
        CREATE TABLE positions (
          topology TEXT NOT NULL REFERENCES topologies (id),
          task INTEGER NOT NULL CHECK (typeof(task) = 'integer' AND task >= 1),
          component TEXT NOT NULL CHECK (typeof(component) = 'text'),
          incarnation INTEGER NOT NULL CHECK (typeof(incarnation) = 'integer' AND incarnation >= 1),
          sequence INTEGER NOT NULL CHECK (typeof(sequence) = 'integer'),
          payload BLOB NOT NULL CHECK (typeof(payload) = 'blob' AND length(payload) <= 65536),
          sum INTEGER NOT NULL CHECK (typeof(sum) = 'integer'),
          PRIMARY KEY (topology, task)
        ) WITHOUT ROWID
        """;

    private const string Errors =
        """
        CREATE TABLE errors (
          topology TEXT NOT NULL REFERENCES topologies (id),
          number INTEGER NOT NULL CHECK (typeof(number) = 'integer'),
          component TEXT NOT NULL CHECK (typeof(component) = 'text'),
          task INTEGER NOT NULL CHECK (typeof(task) = 'integer'),
          message TEXT NOT NULL CHECK (typeof(message) = 'text'),
          detail TEXT NOT NULL CHECK (typeof(detail) = 'text'),
          first_at TEXT NOT NULL CHECK (typeof(first_at) = 'text'),
          last_at TEXT NOT NULL CHECK (typeof(last_at) = 'text'),
          count INTEGER NOT NULL CHECK (typeof(count) = 'integer' AND count >= 1),
          sum INTEGER NOT NULL CHECK (typeof(sum) = 'integer'),
          PRIMARY KEY (topology, number)
        ) WITHOUT ROWID
        """;

    private const string Supervisors =
        """
        CREATE TABLE supervisors (
          id TEXT NOT NULL PRIMARY KEY CHECK (typeof(id) = 'text'),
          host TEXT NOT NULL CHECK (typeof(host) = 'text'),
          last_seen TEXT NOT NULL CHECK (typeof(last_seen) = 'text'),
          slots INTEGER NOT NULL CHECK (typeof(slots) = 'integer' AND slots >= 0),
          join_secret_hash BLOB NOT NULL CHECK (typeof(join_secret_hash) = 'blob' AND length(join_secret_hash) = 32),
          sum INTEGER NOT NULL CHECK (typeof(sum) = 'integer')
        ) WITHOUT ROWID
        """;

    private const string SupervisorsByKey =
        """
        CREATE TABLE supervisors (
          id TEXT NOT NULL PRIMARY KEY CHECK (typeof(id) = 'text'),
          host TEXT NOT NULL CHECK (typeof(host) = 'text'),
          last_seen TEXT NOT NULL CHECK (typeof(last_seen) = 'text'),
          slots INTEGER NOT NULL CHECK (typeof(slots) = 'integer' AND slots >= 0),
          public_key BLOB NOT NULL CHECK (typeof(public_key) = 'blob' AND length(public_key) = 32),
          sum INTEGER NOT NULL CHECK (typeof(sum) = 'integer')
        ) WITHOUT ROWID
        """;

    private const string JoinTokens =
        """
        CREATE TABLE join_tokens (
          public_key TEXT NOT NULL PRIMARY KEY CHECK (typeof(public_key) = 'text' AND length(public_key) = 64),
          expires_at TEXT NOT NULL CHECK (typeof(expires_at) = 'text'),
          used_by TEXT CHECK (typeof(used_by) IN ('text', 'null')),
          sum INTEGER NOT NULL CHECK (typeof(sum) = 'integer')
        ) WITHOUT ROWID
        """;

    private const string Counters =
        """
        CREATE TABLE counters (
          topology TEXT NOT NULL REFERENCES topologies (id),
          worker INTEGER NOT NULL CHECK (typeof(worker) = 'integer' AND worker >= -1),
          incarnation INTEGER NOT NULL CHECK (typeof(incarnation) = 'integer' AND incarnation >= 0),
          counters TEXT NOT NULL CHECK (typeof(counters) = 'text'),
          sum INTEGER NOT NULL CHECK (typeof(sum) = 'integer'),
          PRIMARY KEY (topology, worker)
        ) WITHOUT ROWID
        """;
}
