namespace Topology.Messaging;

/// <summary>Something that happened to one of a socket's connections.</summary>
/// <param name="Kind">What.</param>
/// <param name="Value">More about it, as the kind says. A file descriptor here may be another one's by now and must not be used.</param>
/// <param name="Endpoint">The address in question.</param>
internal readonly record struct SocketEvent(SocketEvents Kind, int Value, string Endpoint);
