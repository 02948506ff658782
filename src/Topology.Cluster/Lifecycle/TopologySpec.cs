using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>A topology as it is submitted to the master. Immutable.</summary>
/// <param name="Id">Names it for ever; never used again.</param>
/// <param name="Name">What people call it. One living topology has a name.</param>
/// <param name="Upload">The upload that holds its code, as the text of an <see cref="UploadId"/>.</param>
/// <param name="Class">The full name of the class that builds it.</param>
/// <param name="Settings">The settings that it was submitted with. The master looks at those of restarts, see <see cref="RestartSettings"/>; a worker builds the plan with the others.</param>
/// <param name="Plan">The outline of its plan.</param>
/// <param name="Workers">How many workers it asks for, at least 1. It gets fewer where there are fewer slots or executors.</param>
public sealed record TopologySpec(string Id, string Name, string Upload, string Class, ImmutableSortedDictionary<string, string> Settings, PlanOutline Plan, int Workers);
