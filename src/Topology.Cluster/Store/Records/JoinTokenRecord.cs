namespace Topology.Cluster;

/// <summary>What is kept of a join token: enough to know it again, too little to make it. Immutable.</summary>
/// <param name="PublicKey">The public half of its secret, which nobody can find the secret from: 64 lower-case hexadecimal digits.</param>
/// <param name="ExpiresAt">From when on nobody joins with it.</param>
/// <param name="UsedBy">The id of the supervisor that has joined with it; null before.</param>
public sealed record JoinTokenRecord(string PublicKey, DateTimeOffset ExpiresAt, string? UsedBy);
