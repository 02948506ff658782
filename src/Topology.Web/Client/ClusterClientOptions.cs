namespace Topology.Web;

/// <summary>Which daemon a client talks to.</summary>
/// <param name="Url">Where it listens.</param>
/// <param name="Token">Says what it knows its clients by; called at the first request. It is sent to that address with every request, so the address is one that was read from the daemon's own file, or that a person gave.</param>
public sealed record ClusterClientOptions(Uri Url, Func<string> Token)
{
    /// <param name="url">Where it listens.</param>
    /// <param name="token">What it knows its clients by.</param>
    public ClusterClientOptions(Uri url, string token) : this(url, () => token)
    {
    }

    /// <summary>How long the daemon may take for an answer. Uploads and logs take as long as they take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How long a connection may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The clock of <see cref="Timeout"/>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Never with the token in it.</summary>
    public override string ToString() => $"{nameof(ClusterClientOptions)} {Url}";
}
