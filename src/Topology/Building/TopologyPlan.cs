using System.Collections.Immutable;

namespace Topology;

/// <summary>A validated topology: immutable, and the same in every process that builds it from the same assembly and settings.</summary>
/// <param name="Name">The topology's name.</param>
/// <param name="Options">The engine's options, settings applied.</param>
/// <param name="Settings">The topology's settings.</param>
/// <param name="Components">The components, in ascending ordinal order of their ids, which is the order of their task ids.</param>
/// <param name="Warnings">What is legal and probably not meant, one line each.</param>
/// <param name="Hash">Over everything that workers must agree on: ids, kinds, tasks, streams, fields, groupings, delivery, ackers.</param>
public sealed record TopologyPlan(
    string Name,
    TopologyOptions Options,
    Settings Settings,
    ImmutableArray<ComponentPlan> Components,
    ImmutableArray<string> Warnings,
    ulong Hash)
{
    /// <summary>The component of an id.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public ComponentPlan this[string component] =>
        Components.FirstOrDefault(c => c.Id == component) ?? throw new ArgumentException($"No component '{component}' in topology '{Name}'.", nameof(component));

    /// <summary>The settings that the topology declared, in ascending ordinal order of their names.</summary>
    public ImmutableArray<DeclaredSetting> DeclaredSettings { get; init; } = [];

    /// <summary>How many tasks there are; their ids run from 1 to this.</summary>
    public int TaskCount => Components.Sum(c => c.Tasks);

    /// <summary>The whole plan as text for people, of several lines: components, streams, inputs, settings, options and warnings.</summary>
    public string Describe() => PlanDescription.Of(this);
}
