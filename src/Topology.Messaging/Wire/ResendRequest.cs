namespace Topology.Messaging;

/// <summary>Asks for frames again.</summary>
/// <param name="First">The first frame that is missing.</param>
/// <param name="Last">The last one.</param>
/// <param name="Connection">Which of the link's connections they were sent on: 0 data, 1 control.</param>
internal readonly record struct ResendRequest(ulong First, ulong Last, ulong Connection = 0);
