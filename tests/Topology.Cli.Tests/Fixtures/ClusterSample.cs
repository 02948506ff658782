using System.Collections.Immutable;
using Topology.Cluster;

namespace Topology.Cli.Tests;

/// <summary>What a cluster could say, 1,000 seconds after the manual clock's beginning or before.</summary>
internal static class ClusterSample
{
    public static TopologySummary Summary(string name, string state = "active", string? reason = null) =>
        new(name, name + "-1", state, reason, DateTimeOffset.UnixEpoch.AddMinutes(-5), null, 2, 6, 8, 12_345_678, 9);

    public static TopologyDescription Description(string name = "wordcount", string state = "active", long emitted = 1_234_567, string? reason = null) => new(
        name,
        name + "-1",
        state,
        reason,
        DateTimeOffset.UnixEpoch.AddMinutes(-5),
        DateTimeOffset.UnixEpoch.AddMinutes(-4),
        state is "active" ? null : DateTimeOffset.UnixEpoch.AddMinutes(-1),
        3,
        [
            new ComponentDescription("lines", "spout", 1, 1)
            {
                Emitted = emitted,
                Transferred = emitted,
                Acked = 1_234_000,
                Failed = 4,
                FailedByReason = ImmutableSortedDictionary<string, long>.Empty.Add("boltError", 3).Add("timeout", 1),
                CompleteP50Us = 850,
                CompleteP99Us = 4_560,
            },
            new ComponentDescription("split", "bolt", 2, 4) { Emitted = 2 * emitted, Transferred = 2 * emitted, Executed = emitted, Acked = emitted, ExecuteP50Us = 1.5, ExecuteP99Us = 12.25, Capacity = 0.875, QueueDepth = 17 },
        ],
        [new WorkerDescription(0, 101, "here", "ipc:///run/a", 0, 50L << 20, 61.5), new WorkerDescription(1, null, "here", null, 2, 0, 0)],
        [new LinkDescription(0, 1, 3L << 20, 1_234, 1)]);
}
