using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>The rules of the store, the same wherever the rows are.</summary>
internal sealed class StoreWriter(IStoreRows rows) : StoreReader(rows), IStoreWriter
{
    public void AddTopology(TopologyRecord topology)
    {
        var kept = RecordRules.Checked(topology);
        if (Rows.Find(StoreTable.Topologies, kept.Id) is not null) throw new StoreConflictException($"Topology '{kept.Id}' exists already.");
        if (Rows.Scan(StoreTable.Topologies).Count >= StoreLimits.Topologies) throw new StoreConflictException($"{StoreLimits.Topologies} topologies are kept already: remove ended ones.");
        if (!kept.State.IsEnded() && LivingTopology(kept.Name) is { } other) throw new StoreConflictException($"Topology '{other.Id}' has the name '{kept.Name}' and is {other.State.ToText()}.");
        Rows.Put(StoreTable.Topologies, RecordRows.Of(kept));
    }

    public void UpdateTopology(TopologyRecord topology)
    {
        var kept = RecordRules.Checked(topology);
        RecordRules.RequireSuccessor(Existing(kept.Id), kept);
        Rows.Put(StoreTable.Topologies, RecordRows.Of(kept));
    }

    public long RaiseGeneration(string topology)
    {
        var raised = Living(topology) is var old ? old with { Generation = checked(old.Generation + 1) } : old;
        Rows.Put(StoreTable.Topologies, RecordRows.Of(raised));
        return raised.Generation;
    }

    public long IssueIncarnation(string topology)
    {
        var issued = Living(topology) is var old ? old with { LastIncarnation = checked(old.LastIncarnation + 1) } : old;
        Rows.Put(StoreTable.Topologies, RecordRows.Of(issued));
        return issued.LastIncarnation;
    }

    public bool RemoveTopology(string id)
    {
        foreach (var table in StoreTable.OfTopologies) Rows.Delete(table, id);
        return Rows.Delete(StoreTable.Topologies, id) > 0;
    }

    public void PutAssignment(AssignmentRecord assignment)
    {
        var tasks = RecordRules.Check(assignment);
        var (topology, worker, incarnation) = (assignment.Topology, assignment.Worker, assignment.Incarnation);
        var present = Present(topology, worker);
        // What was begun before the end may still say what its process is.
        var owner = present?.Incarnation == incarnation ? Existing(topology) : Living(topology);
        if (incarnation > owner.LastIncarnation) throw new StoreConflictException($"Incarnation {incarnation} of topology '{topology}' was not issued.");
        if (present?.Incarnation > incarnation) throw new StoreConflictException($"Worker {worker} of topology '{topology}' is at incarnation {present.Incarnation}, after {incarnation}.");
        if (present?.Incarnation < incarnation) Retire(topology, worker);
        foreach (var task in tasks) Fence(topology, task, incarnation);
        Rows.Put(StoreTable.Assignments, RecordRows.Of(assignment));
    }

    public bool RemoveAssignment(string topology, int worker, long incarnation)
    {
        if (!IsPresent(topology, worker, incarnation)) return false;
        Retire(topology, worker);
        Rows.Delete(StoreTable.Assignments, topology, (long)worker);
        return true;
    }

    public CommitOutcome CommitPosition(PositionCommit commit)
    {
        RecordRules.Check(commit);
        var kept = Rows.Find(StoreTable.Positions, commit.Topology, (long)commit.Task);
        var present = Single(kept, RecordRows.Position);
        var outcome = PositionRules.Decide(Topology(commit.Topology), FenceOf(commit.Topology, commit.Task), present, commit);
        // A position that cannot be read gives no answer on whether this one is later.
        if (outcome == CommitOutcome.Committed && kept is not null && present is null) return CommitOutcome.Quarantined;
        if (outcome == CommitOutcome.Committed) Rows.Put(StoreTable.Positions, RecordRows.Of(commit));
        return outcome;
    }

    public void AddError(ErrorRecord error)
    {
        var kept = RecordRules.Checked(error);
        if (Topology(kept.Topology) is null) return;
        var present = Rows.Scan(StoreTable.Errors, kept.Topology);
        var (row, last) = ErrorRules.LastOf(present, kept);
        var number = last is null ? (present.Count == 0 ? 1 : checked(present[^1].Number(1) + 1)) : row!.Number(1);
        Rows.Put(StoreTable.Errors, RecordRows.Of(last is null ? kept : ErrorRules.Joined(last, kept), number));
        if (last is not null) return;
        foreach (var old in present.Take(present.Count + 1 - StoreLimits.ErrorsPerTopology)) Rows.Delete(StoreTable.Errors, kept.Topology, old.Number(1));
    }

    public void PutSupervisor(SupervisorRecord supervisor)
    {
        RecordRules.Check(supervisor);
        if (Rows.Find(StoreTable.Supervisors, supervisor.Id) is null && Rows.Scan(StoreTable.Supervisors).Count >= StoreLimits.Supervisors)
            throw new StoreConflictException($"{StoreLimits.Supervisors} supervisors are kept already: remove those that are gone.");
        Rows.Put(StoreTable.Supervisors, RecordRows.Of(supervisor));
    }

    public bool RemoveSupervisor(string id) => Rows.Delete(StoreTable.Supervisors, id) > 0;

    public void PutJoinToken(JoinTokenRecord token)
    {
        RecordRules.Check(token);
        if (Rows.Find(StoreTable.JoinTokens, token.PublicKey) is null && Rows.Scan(StoreTable.JoinTokens).Count >= StoreLimits.JoinTokens)
            throw new StoreConflictException($"{StoreLimits.JoinTokens} join tokens are kept already: use them, or wait until they have expired.");
        Rows.Put(StoreTable.JoinTokens, RecordRows.Of(token));
    }

    public bool RemoveJoinToken(string publicKey) => Rows.Delete(StoreTable.JoinTokens, publicKey) > 0;

    public bool ReportCounters(string topology, int worker, long incarnation, ImmutableSortedDictionary<string, long> counters)
    {
        RecordRules.Check(counters);
        if (!IsPresent(topology, worker, incarnation)) return false;
        var highest = Counts.Highest(CountersOf(topology, worker)?.Counters ?? Counts.None, counters);
        Rows.Put(StoreTable.Counters, RecordRows.Of(new CountersRecord(topology, worker, incarnation, highest)));
        return true;
    }

    /// <summary>Moves the last counters of a worker's incarnation into the sum. They leave their row in the same transaction, so they are in the sum exactly once.</summary>
    private void Retire(string topology, int worker)
    {
        if (CountersOf(topology, worker) is not { } last) return;
        var sum = Counts.Sum(CountersOf(topology, RecordRows.SumOfWorkers)?.Counters ?? Counts.None, last.Counters);
        Rows.Put(StoreTable.Counters, RecordRows.Of(new CountersRecord(topology, null, 0, sum)));
        Rows.Delete(StoreTable.Counters, topology, (long)worker);
    }

    private void Fence(string topology, int task, long incarnation)
    {
        var fence = FenceOf(topology, task);
        if (fence > incarnation) throw new StoreConflictException($"Task {task} of topology '{topology}' is assigned to incarnation {fence}, after {incarnation}.");
        if (fence < incarnation) Rows.Put(StoreTable.Fences, [topology, (long)task, incarnation]);
    }

    /// <summary>The last incarnation that a task was assigned to; 0 for none. One that cannot be read keeps everybody out until the topology is removed.</summary>
    private long FenceOf(string topology, int task) =>
        Rows.Find(StoreTable.Fences, topology, (long)task) is not { } row ? 0 : row.Damage is null ? row.Number(2) : long.MaxValue;

    private CountersRecord? CountersOf(string topology, int worker) => Single(Rows.Find(StoreTable.Counters, topology, (long)worker), RecordRows.Counters);

    private bool IsPresent(string topology, int worker, long incarnation) => Present(topology, worker)?.Incarnation == incarnation;

    private AssignmentRecord? Present(string topology, int worker) => Single(Rows.Find(StoreTable.Assignments, topology, (long)worker), RecordRows.Assignment);

    private TopologyRecord Existing(string id) => Topology(id) ?? throw new StoreConflictException($"There is no topology '{id}', or its record is quarantined.");

    private TopologyRecord Living(string id)
    {
        var topology = Existing(id);
        return topology.State.IsEnded() ? throw new StoreConflictException($"Topology '{id}' is {topology.State.ToText()}.") : topology;
    }
}
