namespace Topology.Cluster;

/// <summary>What a host offers to one topology.</summary>
/// <param name="Host">The id of its supervisor.</param>
/// <param name="Slots">How many of this topology's workers it may have: slots that other topologies do not use.</param>
internal sealed record HostSlots(string Host, int Slots);
