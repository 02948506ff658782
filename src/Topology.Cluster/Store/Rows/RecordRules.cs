using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>What a record has to be before it is kept. Throws <see cref="ArgumentException"/> otherwise.</summary>
internal static class RecordRules
{
    /// <summary>Checks a topology and cuts its reason.</summary>
    public static TopologyRecord Checked(TopologyRecord topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        StoreText.RequireId(topology.Id, "topology's id");
        StoreText.RequireId(topology.Name, "topology's name");
        if (!UploadId.TryParse(topology.Upload, out _)) throw new ArgumentException("An upload's id is 64 lower-case hexadecimal digits.", nameof(topology));
        if (string.IsNullOrEmpty(topology.Class) || topology.Class.Length > StoreLimits.MessageLength) throw new ArgumentException($"A class's name has 1 to {StoreLimits.MessageLength} characters.", nameof(topology));
        StoreText.RequireKept(topology.Class, "class's name");
        CheckSettings(topology);
        CheckPlan(topology.Plan);
        ArgumentOutOfRangeException.ThrowIfLessThan(topology.Workers, 1);
        if (topology.RebalanceTo is { } workers) ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        if (topology.RebalanceExecutors.Any(e => e.Value < 1 || !topology.Plan.Components.Any(c => c.Id == e.Key))) throw new ArgumentException("A rebalance gives at least one executor to a component of the plan.", nameof(topology));
        ArgumentOutOfRangeException.ThrowIfNegative(topology.RestartsWithoutProgress);
        ArgumentOutOfRangeException.ThrowIfNegative(topology.Generation);
        ArgumentOutOfRangeException.ThrowIfNegative(topology.LastIncarnation);
        if (!Enum.IsDefined(topology.State) || !Enum.IsDefined(topology.Ending)) throw new ArgumentException("No such state or ending.", nameof(topology));
        return topology.Reason is { } reason ? topology with { Reason = StoreText.Cut(reason, StoreLimits.DetailLength) } : topology;
    }

    /// <summary>Checks that a topology's record may be replaced by another.</summary>
    /// <exception cref="StoreConflictException">It may not.</exception>
    public static void RequireSuccessor(TopologyRecord old, TopologyRecord next)
    {
        var wrong = old switch
        {
            _ when (old.Name, old.Upload, old.Class, old.Plan.Hash, old.SubmittedAt) != (next.Name, next.Upload, next.Class, next.Plan.Hash, next.SubmittedAt) => "keeps its name, upload, class, plan and time of submission",
            _ when old.State.IsEnded() && old.State != next.State => $"is {old.State.ToText()}, which is final",
            _ when next.Generation < old.Generation => $"is at generation {old.Generation}, which never falls",
            _ when next.LastIncarnation < old.LastIncarnation => $"has issued incarnation {old.LastIncarnation}, which never falls",
            _ when old.FirstAckAt is not null && old.FirstAckAt != next.FirstAckAt => "keeps the time of its first ack",
            _ => null,
        };
        if (wrong is not null) throw new StoreConflictException($"Topology '{old.Id}' {wrong}.");
    }

    /// <summary>Checks an assignment.</summary>
    /// <returns>Its tasks.</returns>
    public static HashSet<int> Check(AssignmentRecord assignment)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        StoreText.RequireId(assignment.Topology, "topology's id");
        ArgumentOutOfRangeException.ThrowIfNegative(assignment.Worker);
        StoreText.RequireId(assignment.Supervisor, "supervisor's id");
        ArgumentOutOfRangeException.ThrowIfLessThan(assignment.Incarnation, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(assignment.Generation);
        ArgumentOutOfRangeException.ThrowIfNegative(assignment.Restarts);
        if (assignment.Pid is null != assignment.ProcessStart is null) throw new ArgumentException("A process has a number and a start.", nameof(assignment));
        if (assignment.ProcessStart is { } start) StoreText.RequireId(start, "process's start");
        if (assignment.Endpoint is { } endpoint) StoreText.RequireId(endpoint, "worker's endpoint", StoreLimits.EndpointLength);
        return TasksOf(assignment);
    }

    /// <summary>Checks a position.</summary>
    public static void Check(PositionCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        StoreText.RequireId(commit.Topology, "topology's id");
        StoreText.RequireId(commit.Component, "component's id");
        ArgumentOutOfRangeException.ThrowIfLessThan(commit.Task, 1);
        if (commit.Payload.Length > StoreLimits.PayloadBytes)
            throw new ArgumentException($"A position's payload has at most {StoreLimits.PayloadBytes} bytes; that of {commit.Component}[{commit.Task}] has {commit.Payload.Length}.", nameof(commit));
    }

    /// <summary>Checks an error and cuts its texts.</summary>
    public static ErrorRecord Checked(ErrorRecord error)
    {
        ArgumentNullException.ThrowIfNull(error);
        StoreText.RequireId(error.Topology, "topology's id");
        StoreText.RequireId(error.Component, "component's id");
        ArgumentOutOfRangeException.ThrowIfLessThan(error.Count, 1);
        return error with { Message = StoreText.Cut(error.Message, StoreLimits.MessageLength), Detail = StoreText.Cut(error.Detail, StoreLimits.DetailLength) };
    }

    /// <summary>Checks a supervisor.</summary>
    public static void Check(SupervisorRecord supervisor)
    {
        ArgumentNullException.ThrowIfNull(supervisor);
        StoreText.RequireId(supervisor.Id, "supervisor's id");
        StoreText.RequireId(supervisor.Host, "host");
        ArgumentOutOfRangeException.ThrowIfNegative(supervisor.Slots);
        if (supervisor.PublicKey.Length != 32) throw new ArgumentException("A public key has 32 bytes.", nameof(supervisor));
    }

    /// <summary>Checks a join token.</summary>
    public static void Check(JoinTokenRecord token)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.PublicKey is not { Length: 64 } || !token.PublicKey.All(char.IsAsciiHexDigitLower)) throw new ArgumentException("A token's public key has 64 lower-case hexadecimal digits.", nameof(token));
        if (token.UsedBy is not null) StoreText.RequireId(token.UsedBy, "supervisor's id");
    }

    /// <summary>Checks counters.</summary>
    public static void Check(ImmutableSortedDictionary<string, long> counters)
    {
        ArgumentNullException.ThrowIfNull(counters);
        if (counters.Count > StoreLimits.CountersPerWorker) throw new ArgumentException($"A worker has at most {StoreLimits.CountersPerWorker} counters.", nameof(counters));
        foreach (var (name, count) in counters)
        {
            StoreText.RequireId(name, "counter's name");
            ArgumentOutOfRangeException.ThrowIfNegative(count);
        }
    }

    private static void CheckSettings(TopologyRecord topology)
    {
        ArgumentNullException.ThrowIfNull(topology.Settings);
        foreach (var (name, value) in topology.Settings)
        {
            StoreText.RequireKept(name, "setting's name");
            StoreText.RequireKept(value, "setting's value");
        }

        if (StoreValues.Of(topology.Settings).Length > StoreLimits.SettingsLength) throw new ArgumentException($"A topology's settings have at most {StoreLimits.SettingsLength} characters as JSON.", nameof(topology));
    }

    private static void CheckPlan(PlanOutline plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        foreach (var component in plan.Components) StoreText.RequireId(component.Id, "component's id");
        if (StoreValues.Of(plan).Length > StoreLimits.PlanLength) throw new ArgumentException($"A topology's plan has at most {StoreLimits.PlanLength} characters as JSON.", nameof(plan));
    }

    private static HashSet<int> TasksOf(AssignmentRecord assignment)
    {
        var tasks = new HashSet<int>();
        foreach (var (number, component, first, last) in assignment.Executors)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(number);
            StoreText.RequireId(component, "component's id");
            ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
            if ((long)last - first + 1 + tasks.Count > StoreLimits.TasksPerWorker) throw new ArgumentException($"A worker has at most {StoreLimits.TasksPerWorker} tasks.", nameof(assignment));
            for (var task = first; task <= last; task++)
            {
                if (!tasks.Add(task)) throw new ArgumentException($"Task {task} is in two executors of worker {assignment.Worker}.", nameof(assignment));
            }
        }

        return tasks;
    }
}
