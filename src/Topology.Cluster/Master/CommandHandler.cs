using System.Collections.Immutable;
using static Topology.Cluster.TopologyState;

namespace Topology.Cluster;

/// <summary>Answers commands: each is accepted with what follows from it, or refused with a reason.</summary>
internal static class CommandHandler
{
    /// <summary>The most workers that a topology may ask for, as <see cref="TopologyOptions.Workers"/>.</summary>
    private const int MostWorkers = 64;

    private static readonly ImmutableSortedDictionary<string, int> Unchanged = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    public static void Handle(MasterTurn turn, MasterEvent.CommandReceived received) =>
        turn.Do(new MasterAction.Answer(received.Request, Decide(turn, received.Command)));

    private static CommandOutcome Decide(MasterTurn turn, TopologyCommand command) => command switch
    {
        TopologyCommand.Submit submit => Submit(turn, submit),
        TopologyCommand.Activate c => To(turn, c.Topology, t => Activate(turn, t)),
        TopologyCommand.Deactivate c => To(turn, c.Topology, t => Deactivate(turn, t)),
        TopologyCommand.Rebalance c => To(turn, c.Topology, t => Rebalance(turn, t, c)),
        TopologyCommand.Drain c => To(turn, c.Topology, t => Drain(turn, t, c.Wait)),
        TopologyCommand.Resume c => To(turn, c.Topology, t => Resume(turn, t)),
        TopologyCommand.Kill c => To(turn, c.Topology, t => Kill(turn, t, c.Wait ?? TimeSpan.Zero)),
        TopologyCommand.DrainAll c => ToAll(turn, t => t.HasEnded, t => Drain(turn, t, c.Wait)),
        TopologyCommand.ResumeAll => ToAll(turn, t => !IsDrained(t), t => Resume(turn, t)),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "No such command."),
    };

    private static CommandOutcome To(MasterTurn turn, string topology, Func<TopologyStatus, CommandOutcome> command)
    {
        if (turn.State.Find(topology) is not { } status) return new CommandOutcome(CommandVerdict.NotFound, null, $"There is no topology '{topology}'.");
        return status.HasEnded ? Conflict(status, "and nothing follows any more") : command(status);
    }

    private static CommandOutcome ToAll(MasterTurn turn, Func<TopologyStatus, bool> skips, Func<TopologyStatus, CommandOutcome> command)
    {
        var accepted = turn.State.Topologies.Values.Where(t => !skips(t)).Count(t => command(t).Verdict == CommandVerdict.Accepted);
        return new CommandOutcome(CommandVerdict.Accepted, null, $"{accepted} topologies.");
    }

    private static CommandOutcome Submit(MasterTurn turn, TopologyCommand.Submit submit)
    {
        var spec = submit.Spec;
        if (Invalid(EntryOf(turn, submit)) is { } problem) return new CommandOutcome(CommandVerdict.Invalid, null, problem);
        if (turn.State.Topologies.ContainsKey(spec.Id)) return new CommandOutcome(CommandVerdict.Conflict, spec.Id, $"The id '{spec.Id}' was used before.");
        if (turn.State.Find(spec.Name) is { } other) return Conflict(other, $"and has the name '{spec.Name}': choose another, or kill it first");
        return Accept(turn, new TopologyStatus(EntryOf(turn, submit), RestartSettings.Parse(spec.Settings)), "submitted");
    }

    private static TopologyEntry EntryOf(MasterTurn turn, TopologyCommand.Submit submit) => new(submit.Spec, Submitted, submit.Active, turn.Now);

    private static string? Invalid(TopologyEntry entry)
    {
        var spec = entry.Spec;
        if (MasterRecords.Unfit(entry) is { } unfit) return unfit;
        if (spec.Name is "." or "..") return $"A topology cannot be named '{spec.Name}', which means a folder wherever a path is read, that of a URL too: choose another name.";
        if (spec.Plan.ExecutorCount == 0) return "A topology has a component.";
        if (spec.Workers is < 1 or > MostWorkers) return $"A topology has 1 to {MostWorkers} workers, not {spec.Workers}.";
        var errors = RestartSettings.Check(spec.Settings);
        return errors.IsEmpty ? null : string.Join(Environment.NewLine, errors);
    }

    private static CommandOutcome Activate(MasterTurn turn, TopologyStatus topology)
    {
        if (topology.Entry.State == Draining) return Conflict(topology, "resume it when that is done");
        var wanted = topology with { Entry = topology.Entry with { IsWanted = true } };
        if (topology.Entry.State != Inactive) return Accept(turn, wanted, "active as soon as it runs");
        return topology.Workers.IsEmpty ? Begin(turn, wanted) : Accept(turn, wanted.To(Active).Reordered(), "active");
    }

    private static CommandOutcome Deactivate(MasterTurn turn, TopologyStatus topology)
    {
        if (topology.Entry.State == Draining) return Conflict(topology, "its spouts are ended already");
        var rests = topology with { Entry = topology.Entry with { IsWanted = false } };
        return Accept(turn, topology.Entry.State == Active ? rests.To(Inactive).Reordered() : rests, "inactive");
    }

    private static CommandOutcome Rebalance(MasterTurn turn, TopologyStatus topology, TopologyCommand.Rebalance command)
    {
        var entry = topology.Entry;
        var workers = command.Workers ?? entry.Spec.Workers;
        if (workers is < 1 or > MostWorkers) return new CommandOutcome(CommandVerdict.Invalid, topology.Id, $"A topology has 1 to {MostWorkers} workers, not {workers}.");
        var executors = command.Executors ?? Unchanged;
        if (Invalid(entry.Spec.Plan, executors) is { } problem) return new CommandOutcome(CommandVerdict.Invalid, topology.Id, problem);
        if (entry.State is not (Submitted or Active or Inactive)) return Conflict(topology, "try again when it is active or inactive");
        var changed = topology with { Entry = entry with { Spec = entry.Spec with { Workers = workers } } };
        if (topology.Workers.IsEmpty)
        {
            var spec = changed.Entry.Spec;
            return Accept(turn, changed with { Entry = changed.Entry with { Spec = spec with { Plan = spec.Plan.With(executors) } } }, $"{workers} workers when it starts");
        }

        changed = changed.To(Rebalancing).Reordered();
        var deadline = After(turn, command.Wait ?? entry.Spec.Plan.MessageTimeout);
        return Accept(turn, changed with { Entry = changed.Entry with { RebalanceTo = workers, RebalanceExecutors = executors, Deadline = deadline }, IsCutShort = false }, "rebalancing");
    }

    private static string? Invalid(PlanOutline plan, ImmutableSortedDictionary<string, int> executors)
    {
        foreach (var (id, count) in executors)
        {
            if (plan.Components.FirstOrDefault(c => c.Id == id) is not { } component) return $"There is no component '{id}': {Spelling.Hint(id, plan.Components.Select(c => c.Id), "there are")}";
            if (count < 1 || count > component.Tasks) return $"Component '{id}' has {component.Tasks} tasks, so 1 to {component.Tasks} executors, not {count}: tasks are fixed when a topology is submitted.";
        }

        return null;
    }

    private static CommandOutcome Drain(MasterTurn turn, TopologyStatus topology, TimeSpan? wait)
    {
        var entry = topology.Entry;
        if (entry.Ending == Ending.Kill) return Conflict(topology, "and will be killed");
        if (topology.Workers.IsEmpty) return Accept(turn, topology.To(Inactive, "drained"), "drained");
        // What completes goes on to do so; it only gets a deadline.
        var ending = entry.Ending == Ending.Complete ? Ending.Complete : Ending.Suspend;
        return Accept(turn, Drained(turn, topology, ending, wait ?? entry.Spec.Plan.DrainTimeout), "draining");
    }

    private static CommandOutcome Resume(MasterTurn turn, TopologyStatus topology) => topology.Entry switch
    {
        _ when IsDrained(topology) => Begin(turn, topology),
        { State: Draining } => Conflict(topology, "resume it when that is done"),
        { IsWanted: false } => Conflict(topology, "because it was deactivated: activate it"),
        _ => Accept(turn, topology, "running"),
    };

    private static CommandOutcome Kill(MasterTurn turn, TopologyStatus topology, TimeSpan wait) =>
        wait > TimeSpan.Zero && !topology.AllAre(WorkerPhase.Gone)
            ? Accept(turn, Drained(turn, topology, Ending.Kill, wait), "killed when what is in flight is worked off")
            : Accept(turn, Endings.End(turn, topology, Killed, null), "killed");

    private static TopologyStatus Drained(MasterTurn turn, TopologyStatus topology, Ending ending, TimeSpan wait)
    {
        var earliest = new[] { topology.Entry.State == Draining ? topology.Entry.Deadline : null, After(turn, wait) }.Min();
        // What does not run in full cannot be worked off.
        var cutShort = topology.IsCutShort || !topology.IsReady;
        var draining = topology.To(Draining, topology.Entry.Reason).Reordered() with { IsCutShort = cutShort, Stage = DrainStage.WorkingOff };
        return draining with { Entry = draining.Entry with { Ending = ending, Deadline = earliest, RebalanceTo = null } };
    }

    private static CommandOutcome Begin(MasterTurn turn, TopologyStatus topology) =>
        Starts.Begin(turn, topology) is { } starting
            ? Accept(turn, starting, "starting")
            : Conflict(topology, "and there is no free slot to start it in: end another topology, or add slots");

    private static bool IsDrained(TopologyStatus topology) => topology.Entry is { State: Inactive, IsWanted: true } && topology.Workers.IsEmpty;

    private static DateTimeOffset? After(MasterTurn turn, TimeSpan wait) =>
        wait == Timeout.InfiniteTimeSpan || wait > DateTimeOffset.MaxValue - turn.Now ? null : turn.Now + wait;

    private static CommandOutcome Accept(MasterTurn turn, TopologyStatus topology, string what)
    {
        turn.Put(topology);
        return new CommandOutcome(CommandVerdict.Accepted, topology.Id, $"Topology '{topology.Entry.Spec.Name}': {what}.");
    }

    private static CommandOutcome Conflict(TopologyStatus topology, string what) =>
        new(CommandVerdict.Conflict, topology.Id, $"Topology '{topology.Entry.Spec.Name}' is {topology.Entry.State.ToText()}, {what}.");
}
