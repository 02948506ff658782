using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>What a planning process is asked.</summary>
/// <param name="Assembly">The full path of the assembly.</param>
/// <param name="Class">The full name of the class.</param>
/// <param name="Name">What people call the topology; null for the name that it gives itself.</param>
/// <param name="Settings">The settings that go before what the code says, those of the cluster taken out.</param>
internal sealed record PlanRequest(string Assembly, string Class, string? Name, ImmutableSortedDictionary<string, string> Settings);
