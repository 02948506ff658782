namespace Topology;

/// <summary>A topology while it is checked: what <see cref="ITopology.Build"/> said, and what was found wrong with it.</summary>
internal sealed class PlanDraft
{
    public PlanDraft(string name, TopologyBuilder builder)
    {
        Name = name;
        Builder = builder;
        Options = EngineSettings.Apply(builder.Options, builder.Settings, Errors);
        foreach (var component in builder.Components) ById.TryAdd(component.Id, component);
    }

    public string Name { get; }

    public TopologyBuilder Builder { get; }

    /// <summary>The code's options with the settings applied.</summary>
    public TopologyOptions Options { get; }

    /// <summary>How many ackers there will be: none where nothing is promised about lost tuples.</summary>
    public int Ackers => Options.Delivery == Delivery.AtMostOnce ? 0 : Options.Ackers;

    /// <summary>In the order in which they were added.</summary>
    public IReadOnlyList<ComponentDraft> Components => Builder.Components;

    /// <summary>The first component of each id, in ascending ordinal order.</summary>
    public SortedDictionary<string, ComponentDraft> ById { get; } = new(StringComparer.Ordinal);

    public List<string> Errors { get; } = [];

    public List<string> Warnings { get; } = [];
}
