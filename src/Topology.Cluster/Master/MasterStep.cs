using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>What follows an event.</summary>
/// <param name="State">The state after it, once <paramref name="Changes"/> are durable.</param>
/// <param name="Changes">What to keep, first.</param>
/// <param name="Actions">What to do then, in this order.</param>
/// <param name="NextLook">When the next <see cref="MasterEvent.Tick"/> is due, if nothing comes before.</param>
internal sealed record MasterStep(MasterState State, ImmutableArray<StoreChange> Changes, ImmutableArray<MasterAction> Actions, DateTimeOffset NextLook);
