using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>All that a master knows. Immutable: a step that could not be made durable is forgotten by keeping the state before it.</summary>
internal sealed record MasterState
{
    /// <summary>The topologies, by id.</summary>
    public ImmutableSortedDictionary<string, TopologyStatus> Topologies { get; init; } = ImmutableSortedDictionary.Create<string, TopologyStatus>(StringComparer.Ordinal);

    /// <summary>The supervisors, by id.</summary>
    public ImmutableSortedDictionary<string, SupervisorStatus> Supervisors { get; init; } = ImmutableSortedDictionary.Create<string, SupervisorStatus>(StringComparer.Ordinal);

    /// <summary>Where chance is.</summary>
    public ulong Chance { get; init; }

    /// <summary>When the last event was handled.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>The topology of an id, or the living one of a name; null if there is none.</summary>
    public TopologyStatus? Find(string topology) =>
        Topologies.GetValueOrDefault(topology) ?? Topologies.Values.FirstOrDefault(t => !t.HasEnded && t.Entry.Spec.Name == topology);
}
