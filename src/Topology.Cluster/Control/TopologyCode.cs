using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>Where a worker finds the code that it runs. Immutable.</summary>
/// <param name="Assembly">The path of the assembly: the full one in the unpacked upload of the daemon's host, or for a worker of another host, which has a copy of that, from its root.</param>
/// <param name="Class">The full name of the class that builds the topology.</param>
/// <param name="Name">The topology's name.</param>
/// <param name="Settings">The settings that go before what the code says, those of the cluster taken out.</param>
internal sealed record TopologyCode(string Assembly, string Class, string Name, ImmutableSortedDictionary<string, string> Settings);
