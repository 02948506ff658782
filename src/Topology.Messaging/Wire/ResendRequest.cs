namespace Topology.Messaging;

/// <summary>Asks for frames again.</summary>
/// <param name="First">The first frame that is missing.</param>
/// <param name="Last">The last one.</param>
internal readonly record struct ResendRequest(ulong First, ulong Last);
