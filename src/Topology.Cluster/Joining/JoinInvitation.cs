namespace Topology.Cluster;

/// <summary>A join token that was made.</summary>
/// <param name="Token">The token, as one word. It is a secret, and kept nowhere.</param>
/// <param name="Endpoint">Where the daemon listens for other hosts.</param>
/// <param name="ExpiresAt">From when on nobody joins with it.</param>
public sealed record JoinInvitation(string Token, string Endpoint, DateTimeOffset ExpiresAt);
