namespace Topology.Cluster;

/// <summary>A supervisor as the master knows it. Immutable.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Slots">How many workers it can keep.</param>
/// <param name="HeardAt">When it was heard last.</param>
/// <param name="LeaseEnds">When all that it kept is dead if it is not heard any more.</param>
/// <param name="HasJoined">Whether it has joined since the master was started, and its lease has not ended since.</param>
internal sealed record SupervisorStatus(string Id, int Slots, DateTimeOffset HeardAt, DateTimeOffset LeaseEnds, bool HasJoined);
