namespace Topology.Cluster;

/// <summary>A supervisor that has joined. Immutable.</summary>
/// <param name="Id">Its id, which it keeps over restarts.</param>
/// <param name="Host">The host it runs on.</param>
/// <param name="LastSeen">When the master last heard of it.</param>
/// <param name="Slots">How many workers it can keep; 0 or more.</param>
/// <param name="JoinSecretHash">SHA-256 of the secret that it joined with: 32 bytes. The secret itself is kept nowhere.</param>
public sealed record SupervisorRecord(string Id, string Host, DateTimeOffset LastSeen, int Slots, ReadOnlyMemory<byte> JoinSecretHash);
