namespace Topology.Messaging;

/// <summary>The first section of a connection in either direction.</summary>
/// <param name="Worker">The sender's number.</param>
/// <param name="PeerIncarnation">The incarnation of the receiver from which the sender has frames, or 0.</param>
/// <param name="Received">The last frame of that incarnation up to which all have come in, or 0: what is after it is sent again.</param>
internal readonly record struct Hello(ulong Worker, ulong PeerIncarnation, ulong Received);
