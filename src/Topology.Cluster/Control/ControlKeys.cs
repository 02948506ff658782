using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>What encrypts an end of the control channel that connects from another host, and tells the daemon who it is.</summary>
/// <param name="Own">Its own key pair, which the daemon has to know.</param>
/// <param name="Daemon">The public key of the daemon, 32 bytes: nobody else is talked to.</param>
internal sealed record ControlKeys(NetMQCertificate Own, ReadOnlyMemory<byte> Daemon);
