namespace Topology.Cluster;

/// <summary>A supervisor of another host that has joined. Immutable.</summary>
/// <param name="Id">Its id, which it keeps over restarts.</param>
/// <param name="Host">The name of the host it runs on.</param>
/// <param name="LastSeen">When it said last what it has.</param>
/// <param name="Slots">How many workers it can keep; 0 or more.</param>
/// <param name="PublicKey">The CURVE key that it is known by: 32 bytes. The secret half never leaves its host.</param>
public sealed record SupervisorRecord(string Id, string Host, DateTimeOffset LastSeen, int Slots, ReadOnlyMemory<byte> PublicKey);
