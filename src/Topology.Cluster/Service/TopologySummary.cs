namespace Topology.Cluster;

/// <summary>A topology in a list.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Id">Its id.</param>
/// <param name="State">Where it is in its life, in lower case.</param>
/// <param name="Reason">Why; null where the state says it all.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
/// <param name="CompletedAt">When it ended, whether completed, killed or failed; null while it lives.</param>
/// <param name="Workers">How many workers it has, or asks for before it starts.</param>
/// <param name="Executors">How many executors it has.</param>
/// <param name="Tasks">How many tasks it has.</param>
/// <param name="Acked">Trees that its spouts have seen acked.</param>
/// <param name="Failed">Trees that its spouts have seen failed.</param>
public sealed record TopologySummary(
    string Name,
    string Id,
    string State,
    string? Reason,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? CompletedAt,
    int Workers,
    int Executors,
    int Tasks,
    long Acked,
    long Failed);
