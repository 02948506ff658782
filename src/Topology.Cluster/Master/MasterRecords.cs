using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>Keeps what a master wants kept in the cluster's store, and reads it back.</summary>
internal static class MasterRecords
{
    /// <summary>What the store kept of the topologies, for <see cref="Master"/> to restore. Those whose records cannot be read are left out; <see cref="IStoreReader.Quarantined"/> names them.</summary>
    public static ImmutableArray<TopologyImage> Load(IStoreReader reader) => [.. reader.Topologies().Select(topology => Image(reader, topology))];

    /// <summary>Fails the topologies of which a worker's record cannot be read: nobody knows any more what that one runs and where, so that nothing can take its place, and the others alone are not the topology.
    /// Called once, before <see cref="Load"/>; without damage it changes nothing.</summary>
    public static void FailDamaged(IStoreWriter writer, DateTimeOffset now)
    {
        foreach (var topology in writer.Topologies().Where(t => !t.State.IsEnded() && IsDamaged(t, writer.Assignments(t.Id))))
        {
            writer.UpdateTopology(topology with
            {
                State = TopologyState.Failed,
                Reason = "what the store kept of one of its workers is damaged: submit it again",
                CompletedAt = now,
                Ending = Ending.None,
                Deadline = null,
                RebalanceTo = null,
            });
        }
    }

    /// <summary>Keeps a change. Those of one step go into one change of the store, in their order.</summary>
    /// <exception cref="StoreConflictException">It goes against what is kept, as no change of a master does that was restored from this store.</exception>
    /// <exception cref="ArgumentException">A host, a worker or a counter was named with what cannot be kept. The event that led to it has to be dropped.</exception>
    public static void Apply(IStoreWriter writer, StoreChange change)
    {
        switch (change)
        {
            case StoreChange.KeepTopology(var entry):
                if (writer.Topology(entry.Id) is null) writer.AddTopology(Of(entry));
                else writer.UpdateTopology(Of(entry));
                break;
            case StoreChange.DropTopology(var topology): writer.RemoveTopology(topology); break;
            case StoreChange.KeepWorker(var topology, var worker): writer.PutAssignment(Of(topology, worker)); break;
            // These answer false where the assignment cannot be read any more: it stays in quarantine, and keeps nobody from the rest.
            case StoreChange.DropWorker(var worker): writer.RemoveAssignment(worker.Topology, worker.Worker, worker.Incarnation); break;
            case StoreChange.KeepCounters(var worker, var counters): writer.ReportCounters(worker.Topology, worker.Worker, worker.Incarnation, counters); break;
            default: throw new ArgumentOutOfRangeException(nameof(change), change, "No such change.");
        }
    }

    /// <summary>What keeps the store from taking a topology; null if nothing does.</summary>
    public static string? Unfit(TopologyEntry topology)
    {
        try
        {
            RecordRules.Checked(Of(topology));
            return null;
        }
        catch (ArgumentException exception)
        {
            // The name of a parameter of ours means nothing to people.
            return exception.Message.Replace($" (Parameter '{exception.ParamName}')", "", StringComparison.Ordinal);
        }
    }

    private static bool IsDamaged(TopologyRecord topology, ImmutableArray<AssignmentRecord> workers) =>
        workers.IsEmpty ? topology.State is not (TopologyState.Submitted or TopologyState.Inactive) : workers.Sum(w => w.Executors.Length) != topology.Plan.ExecutorCount;

    private static TopologyImage Image(IStoreReader reader, TopologyRecord topology)
    {
        var counters = reader.Counters(topology.Id);
        return new TopologyImage(
            Entry(topology),
            [.. reader.Assignments(topology.Id).Select(Worker)],
            counters.FirstOrDefault(c => c.Worker is null)?.Counters ?? Counts.None,
            counters.Where(c => c.Worker is not null).ToImmutableSortedDictionary(c => c.Worker!.Value, c => c.Counters));
    }

    private static TopologyRecord Of(TopologyEntry entry) =>
        new(entry.Id, entry.Spec.Name, entry.Spec.Upload, entry.Spec.Class, entry.Spec.Settings, entry.Spec.Plan, entry.Spec.Workers, entry.State, entry.SubmittedAt)
        {
            IsWanted = entry.IsWanted,
            Reason = entry.Reason,
            Ending = entry.Ending,
            Deadline = entry.Deadline,
            RebalanceTo = entry.RebalanceTo,
            RebalanceExecutors = entry.RebalanceExecutors,
            RestartsWithoutProgress = entry.RestartsWithoutProgress,
            FirstAckAt = entry.FirstAckAt,
            CompletedAt = entry.CompletedAt,
            Generation = entry.Generation,
            LastIncarnation = entry.LastIncarnation,
        };

    private static TopologyEntry Entry(TopologyRecord record) =>
        new(new TopologySpec(record.Id, record.Name, record.Upload, record.Class, record.Settings, record.Plan, record.Workers), record.State, record.IsWanted, record.SubmittedAt)
        {
            Reason = record.Reason,
            Ending = record.Ending,
            Deadline = record.Deadline,
            RebalanceTo = record.RebalanceTo,
            RebalanceExecutors = record.RebalanceExecutors,
            RestartsWithoutProgress = record.RestartsWithoutProgress,
            FirstAckAt = record.FirstAckAt,
            CompletedAt = record.CompletedAt,
            Generation = record.Generation,
            LastIncarnation = record.LastIncarnation,
        };

    private static AssignmentRecord Of(string topology, WorkerEntry worker) =>
        new(topology, worker.Number, worker.Incarnation, worker.Generation, worker.Host, worker.Executors)
        {
            Pid = worker.Process?.Pid,
            ProcessStart = worker.Process?.Start,
            Endpoint = worker.Endpoint,
            Restarts = worker.Restarts,
        };

    private static WorkerEntry Worker(AssignmentRecord record) =>
        new(record.Worker, record.Incarnation, record.Generation, record.Supervisor, record.Executors)
        {
            Process = record is { Pid: { } pid, ProcessStart: { } start } ? new WorkerProcess(pid, start) : null,
            Endpoint = record.Endpoint,
            Restarts = record.Restarts,
        };
}
