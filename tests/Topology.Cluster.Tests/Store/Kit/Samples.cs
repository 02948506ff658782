using System.Collections.Immutable;

namespace Topology.Cluster.Tests;

/// <summary>Records to keep.</summary>
internal static class Samples
{
    public const string Id = "wc-1";

    public static readonly string Upload = new('a', 64);

    public static readonly DateTimeOffset Time = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero).AddTicks(1_234_567);

    public static readonly PlanOutline Plan = new(
        0xFEDC_BA98_7654_3210,
        [new("lines", ComponentKind.Spout, 2, 8, 1, true), new("split", ComponentKind.Bolt, 1, 3, 9, false)],
        1,
        TimeSpan.FromSeconds(30),
        Timeout.InfiniteTimeSpan);

    public static TopologyRecord Topology(string id = Id, string? name = null) =>
        new(id, name ?? $"name of {id}", Upload, "Words.WordCountTopology", Settings(("input", "ünï\n"), ("empty", "")), Plan, 2, TopologyState.Submitted, Time);

    public static AssignmentRecord Assignment(string topology, int worker, long incarnation, params (int First, int Last)[] executors) =>
        new(topology, worker, incarnation, 0, "super", [.. executors.Select((executor, number) => new AssignedExecutor(number, "lines", executor.First, executor.Last))]);

    public static PositionCommit Commit(int task, long sequence, long incarnation = 1, long generation = 0, string topology = Id) =>
        new(topology, generation, incarnation, "lines", task, sequence, BitConverter.GetBytes(sequence));

    public static SupervisorRecord Supervisor(string id = "super") => new(id, "host", Time, 4, Enumerable.Range(0, 32).Select(n => (byte)n).ToArray());

    public static JoinTokenRecord JoinToken(char digit = 'b') => new(new string(digit, 64), Time, null);

    public static ErrorRecord Error(string message, int task = 1, double seconds = 0, string topology = Id) =>
        ErrorRecord.Once(topology, "split", task, message, "at Split.Execute", Time.AddSeconds(seconds));

    public static ImmutableSortedDictionary<string, long> Counters(params (string Name, long Count)[] counters) =>
        counters.ToImmutableSortedDictionary(counter => counter.Name, counter => counter.Count, StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, string> Settings(params (string Name, string Value)[] settings) =>
        settings.ToImmutableSortedDictionary(setting => setting.Name, setting => setting.Value, StringComparer.Ordinal);

    /// <summary>Adds a topology whose tasks from 1 on are all assigned to worker 1 as incarnation 1.</summary>
    public static Action<IStoreWriter> Assigned(string id = Id, int tasks = 4) => writer =>
    {
        writer.AddTopology(Topology(id));
        writer.PutAssignment(Assignment(id, 1, writer.IssueIncarnation(id), (1, tasks)));
    };
}
