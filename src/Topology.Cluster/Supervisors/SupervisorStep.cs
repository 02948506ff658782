using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>What follows an event at a supervisor.</summary>
/// <param name="State">The state after it.</param>
/// <param name="Actions">What to do, in this order.</param>
internal sealed record SupervisorStep(SupervisorState State, ImmutableArray<SupervisorAction> Actions);
