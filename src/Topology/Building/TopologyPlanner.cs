using System.Collections.Immutable;
using System.Text;

namespace Topology;

/// <summary>Makes the plan of a topology: calls its <see cref="ITopology.Build"/> and checks everything.</summary>
public static class TopologyPlanner
{
    /// <summary>Builds and checks a topology. Each component's factory is called twice, and its instances are asked for their streams and dropped.</summary>
    /// <param name="topology">What to build.</param>
    /// <param name="name">The topology's name; null for what <see cref="TopologyBuilder.Name"/> or else <see cref="DefaultName"/> says.</param>
    /// <param name="settings">The settings given from outside; those named after an option go before what the code says.</param>
    /// <exception cref="InvalidTopologyException">It cannot run; every error is listed.</exception>
    /// <exception cref="SettingException"><c>Build</c> asked for a setting that is missing or cannot be read.</exception>
    /// <exception cref="TopologyException"><c>Build</c> threw; its exception is the inner one.</exception>
    public static TopologyPlan Plan(ITopology topology, string? name = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        ArgumentNullException.ThrowIfNull(topology);
        var given = settings is null ? Settings.Empty : Settings.From(settings);
        var builder = new TopologyBuilder(given);
        Build(topology, builder, name);

        var draft = new PlanDraft(name ?? builder.Name ?? DefaultName(topology.GetType()), builder);
        EngineSettings.CheckRanges(draft.Options, given, draft.Errors);
        ComponentCheck.Check(draft);
        InstanceCheck.Check(draft);
        SubscriptionCheck.Check(draft);
        var flow = new FlowGraph(draft.ById.Values);
        CycleCheck.Check(draft, flow);
        // After the factories ran, since they ask for settings too.
        SettingCheck.Check(draft, given);
        if (draft.Errors.Count > 0) throw new InvalidTopologyException(draft.Errors);
        return Assemble(draft, flow);
    }

    /// <summary>The name of a topology's class in kebab case, without the suffix <c>Topology</c>: <c>word-count</c> for <c>WordCountTopology</c>.</summary>
    public static string DefaultName(Type topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        const string Suffix = "Topology";
        var name = topology.Name.Split('`')[0];
        if (name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal)) name = name[..^Suffix.Length];
        var kebab = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            // A capital begins a word after a small letter or digit, and before a small letter: HttpLog, HTTPLog.
            var beginsWord = i > 0 && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (beginsWord && kebab[^1] != '-') kebab.Append('-');
            kebab.Append(name[i] == '_' ? '-' : char.ToLowerInvariant(name[i]));
        }

        return kebab.ToString().Trim('-');
    }

    private static void Build(ITopology topology, TopologyBuilder builder, string? name)
    {
        try
        {
            topology.Build(builder);
        }
        catch (Exception exception) when (exception is not TopologyException)
        {
            var what = name ?? builder.Name ?? DefaultName(topology.GetType());
            throw new TopologyException($"Build of topology '{what}' ({topology.GetType()}) threw {exception.GetType().Name}: {exception.Message}", exception);
        }

        builder.Close();
    }

    private static TopologyPlan Assemble(PlanDraft draft, FlowGraph flow)
    {
        var settings = draft.Builder.Settings.Unwatched();
        var options = draft.Options with { Ackers = draft.Ackers };
        var components = ImmutableArray.CreateBuilder<ComponentPlan>(draft.ById.Count);
        var firstTask = 1;
        foreach (var component in draft.ById.Values)
        {
            components.Add(Assemble(component, firstTask, settings, flow));
            firstTask += component.Tasks;
        }

        var planned = components.ToImmutable();
        return new TopologyPlan(draft.Name, options, settings, planned, [.. draft.Warnings], PlanHash.Of(options, planned))
        {
            DeclaredSettings = [.. draft.Builder.Declared.OrderBy(s => s.Name, StringComparer.Ordinal)],
        };
    }

    private static ComponentPlan Assemble(ComponentDraft component, int firstTask, Settings settings, FlowGraph flow) => new()
    {
        Id = component.Id,
        Kind = component.Kind,
        Executors = component.Executors,
        Tasks = component.Tasks,
        FirstTask = firstTask,
        Streams = component.Streams,
        Inputs = [.. component.Inputs.Select(i => i with { IsFeedback = flow.IsFeedback(i.Component, component.Id) })],
        Options = component.Options,
        Settings = settings.With(component.Settings),
        IsReliable = component.IsReliable,
        Example = component.Example,
        // Checked to return no null; a factory that starts to do so later is met by the engine as user code that fails.
        Factory = component.Factory!,
    };
}
