using System.Globalization;

namespace Topology;

/// <summary>Checks names, numbers of executors and tasks, and the options of each component.</summary>
internal static class ComponentCheck
{
    /// <summary>Task ids have 16 bits; what is left over is the engine's.</summary>
    private const int MostTasks = 65_000;

    public static void Check(PlanDraft plan)
    {
        if (Identifier.Problem(plan.Name) is { } problem) plan.Errors.Add($"The topology's name '{plan.Name}' {problem}.");
        if (plan.Components.All(c => c.Kind != ComponentKind.Spout))
            plan.Errors.Add($"Topology '{plan.Name}' has no spout, so nothing would ever be emitted: add one with topology.SetSpout.");

        foreach (var component in plan.Components)
        {
            CheckId(component, plan);
            CheckSize(component, plan.Errors);
            CheckOptions(component, plan.Errors);
        }

        CheckTotal(plan);
    }

    private static void CheckId(ComponentDraft component, PlanDraft plan)
    {
        if (Identifier.Problem(component.Id) is { } problem) plan.Errors.Add($"{component.Label}: its id {problem}.");
        var first = plan.ById[component.Id];
        if (ReferenceEquals(first, component)) return;
        var kinds = first.Kind == component.Kind ? $"by two {component.Kind.ToString().ToLowerInvariant()}s" : "by a spout and a bolt";
        plan.Errors.Add($"{component.Label}: its id is used {kinds}; give each component an id of its own.");
    }

    private static void CheckSize(ComponentDraft component, List<string> errors)
    {
        if (component.Executors < 1) errors.Add($"{component.Label}: its parallelism is {component.Executors}, but should be at least 1.");
        if (component.ChosenTasks is not { } tasks) return;
        if (tasks < 1)
            errors.Add($"{component.Label}: SetTasks({tasks}) should be at least 1.");
        else if (tasks < component.Executors)
            errors.Add($"{component.Label}: {tasks} tasks cannot keep {component.Executors} executors busy; set at least {component.Executors} tasks, or a parallelism of at most {tasks}.");
    }

    private static void CheckOptions(ComponentDraft component, List<string> errors)
    {
        var options = component.Options;
        if (options.TickInterval < TimeSpan.Zero || options.TickInterval > EngineSettings.Longest || options.TickInterval.Ticks is > 0 and < TimeSpan.TicksPerMillisecond)
            errors.Add($"{component.Label}: TickEvery({SettingText.Format(options.TickInterval)}) should be from 1 ms to 24 days, or zero for never.");
        if (options.MaxSpoutPending is { } pending and (< 1 or > TopologyOptions.LargestSpoutPending))
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"{component.Label}: MaxSpoutPending({pending}) should be from 1 to {TopologyOptions.LargestSpoutPending:N0}."));
        if (!Enum.IsDefined(options.OnError)) errors.Add($"{component.Label}: OnError({options.OnError}) is no error policy; use a member of ErrorPolicy.");
        if (component.Kind == ComponentKind.Spout && options.OnError == ErrorPolicy.DeadLetter)
            errors.Add($"{component.Label}: OnError(DeadLetter) is for bolts, since a spout that throws has no tuple in hand; derive from ReplayingSpout to dead-letter what fails too often.");
        foreach (var name in component.Settings.Keys)
        {
            if (name.Length == 0) errors.Add($"{component.Label}: Set(\"\", …) names no setting; give it a name.");
            if (name.StartsWith(EngineSettings.Prefix, StringComparison.Ordinal))
                errors.Add($"{component.Label}: Set(\"{name}\", …) is an option of the whole topology; set it by topology.Options, or use the component's own methods.");
        }
    }

    private static void CheckTotal(PlanDraft plan)
    {
        var total = plan.ById.Values.Sum(c => (long)Math.Max(c.Tasks, 0));
        if (total <= MostTasks) return;
        var largest = plan.ById.Values.MaxBy(c => c.Tasks)!;
        plan.Errors.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"Topology '{plan.Name}' has {total:N0} tasks, but may have {MostTasks:N0}: its largest component is '{largest.Id}' with {largest.Tasks:N0}; lower its parallelism or tasks."));
    }
}
