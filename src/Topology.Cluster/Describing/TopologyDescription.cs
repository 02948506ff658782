using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>A topology for people and programs: what <c>describe</c> shows, as JSON with its names in camel case.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Id">Its id.</param>
/// <param name="State">Where it is in its life, in lower case.</param>
/// <param name="Reason">Why; null where the state says it all.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
/// <param name="FirstAckAt">When the master first heard of an acked tree; null until then.</param>
/// <param name="CompletedAt">When it ended, whether completed, killed or failed; null while it lives.</param>
/// <param name="Generation">The fencing number; rises with each loss and rebalance.</param>
/// <param name="Components">The components, in the plan's order.</param>
/// <param name="Workers">The workers, by number.</param>
/// <param name="Links">The links between workers, by sender and receiver, as the senders' present incarnations count them.</param>
public sealed record TopologyDescription(
    string Name,
    string Id,
    string State,
    string? Reason,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? FirstAckAt,
    DateTimeOffset? CompletedAt,
    long Generation,
    ImmutableArray<ComponentDescription> Components,
    ImmutableArray<WorkerDescription> Workers,
    ImmutableArray<LinkDescription> Links);
