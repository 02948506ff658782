using System.Globalization;
using System.Text;

namespace Topology;

/// <summary>A plan as text for people, as <c>topology validate</c> shows it.</summary>
internal static class PlanDescription
{
    public static string Of(TopologyPlan plan)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Topology {plan.Name}: {Many(plan.Components.Length, "component")}, {Many(plan.TaskCount, "task")}, plan {plan.Hash:x16}");
        Components(plan).WriteTo(Section(text, "Components"));
        Streams(plan).WriteTo(Section(text, "Streams"));
        if (plan.Components.Any(c => !c.Inputs.IsEmpty)) Inputs(plan).WriteTo(Section(text, "Inputs"));
        Settings(plan, text);
        Options(plan).WriteTo(Section(text, "Options"));
        if (plan.Warnings.IsEmpty) return text.ToString();
        Section(text, "Warnings");
        foreach (var warning in plan.Warnings) text.AppendLine(CultureInfo.InvariantCulture, $"  {warning}");
        return text.ToString();
    }

    private static StringBuilder Section(StringBuilder text, string title) => text.AppendLine().AppendLine(title);

    private static TextTable Components(TopologyPlan plan)
    {
        var table = new TextTable().Add("id", "kind", "executors", "tasks", "task ids", "on error", "own settings");
        foreach (var component in plan.Components)
            table.Add(component.Id, KindOf(component), Text(component.Executors), Text(component.Tasks), TaskIds(component), component.Options.OnError.ToString(), OwnSettings(component, plan));
        return table;
    }

    private static TextTable Streams(TopologyPlan plan)
    {
        var table = new TextTable().Add("component", "stream", "fields", "consumers");
        foreach (var stream in plan.Components.SelectMany(c => c.Streams))
        {
            var consumers = plan.Components.Where(c => c.Inputs.Any(i => i.Component == stream.Component && i.Stream == stream.Name)).Select(c => c.Id);
            table.Add(stream.Component, stream.IsDirect ? $"{stream.Name} (direct)" : stream.Name, stream.Fields.ToString(), string.Join(", ", consumers));
        }

        return table;
    }

    private static TextTable Inputs(TopologyPlan plan)
    {
        var table = new TextTable().Add("component", "from", "stream", "grouping");
        foreach (var component in plan.Components)
        {
            foreach (var input in component.Inputs)
                table.Add(component.Id, input.Component, input.Stream, input.IsFeedback ? $"{input.Grouping} (feedback)" : input.Grouping.ToString());
        }

        return table;
    }

    private static void Settings(TopologyPlan plan, StringBuilder text)
    {
        var table = new TextTable().Add("name", "value", "description");
        foreach (var setting in plan.DeclaredSettings) table.Add(setting.Name, plan.Settings.Peek(setting.Name) ?? "(none)", setting.Description);
        var declared = plan.DeclaredSettings.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        var others = plan.Settings.PeekNames().Where(n => !declared.Contains(n) && !n.StartsWith(EngineSettings.Prefix, StringComparison.Ordinal)).ToArray();
        foreach (var name in others) table.Add(name, plan.Settings[name]);
        if (declared.Count + others.Length > 0) table.WriteTo(Section(text, "Settings"));
    }

    private static TextTable Options(TopologyPlan plan)
    {
        var defaults = new TopologyOptions();
        var table = new TextTable().Add("name", "value", "default");
        foreach (var setting in EngineSettings.All) table.Add(setting.Name, setting.Format(plan.Options), setting.Format(defaults));
        return table;
    }

    private static string KindOf(ComponentPlan component) => component switch
    {
        { Kind: ComponentKind.Bolt } => "bolt",
        { IsReliable: true } => "spout, tracked",
        _ => "spout, untracked",
    };

    private static string TaskIds(ComponentPlan component) =>
        component.Tasks == 1 ? Text(component.FirstTask) : $"{Text(component.FirstTask)}-{Text(component.FirstTask + component.Tasks - 1)}";

    private static string OwnSettings(ComponentPlan component, TopologyPlan plan)
    {
        List<string> own = [.. component.Settings.PeekNames().Where(n => component.Settings[n] != plan.Settings.Peek(n)).Select(n => $"{n}={component.Settings[n]}")];
        if (component.Options.TickInterval > TimeSpan.Zero) own.Add($"tick every {SettingText.Format(component.Options.TickInterval)}");
        if (component.Options.MaxSpoutPending is { } pending) own.Add($"max-spout-pending {Text(pending)}");
        return string.Join(", ", own);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Many(int count, string what) => $"{Text(count)} {what}{(count == 1 ? "" : "s")}";
}
