using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>
/// What another host's supervisor joins a cluster with, once: where the daemon is, the key that it has to show, and a secret. The secret is a CURVE key of its own, so it never crosses the network: whoever connects by it has it. Whoever reads
/// a token may join, and then run the cluster's code and see its data.
/// </summary>
public sealed class JoinToken
{
    private const string Prefix = "topology-join-1.";
    private const int KeySize = NetMQCertificate.KeySize;

    private readonly byte[] _secret;

    /// <param name="endpoint">Where the daemon listens for other hosts.</param>
    /// <param name="daemonKey">Its public key, 32 bytes.</param>
    /// <param name="secret">The secret, 32 bytes.</param>
    internal JoinToken(string endpoint, ReadOnlySpan<byte> daemonKey, ReadOnlySpan<byte> secret) => (Endpoint, DaemonKey, _secret) = (endpoint, daemonKey.ToArray(), secret.ToArray());

    /// <summary>Where the daemon listens for other hosts, as <c>tcp://10.0.0.5:7071</c>.</summary>
    public string Endpoint { get; }

    /// <summary>The daemon's public key, 32 bytes.</summary>
    internal ReadOnlyMemory<byte> DaemonKey { get; }

    /// <summary>The secret, 32 bytes.</summary>
    internal ReadOnlySpan<byte> Secret => _secret;

    /// <summary>Reads what <see cref="ToText"/> wrote, white space around it left out.</summary>
    /// <returns>False if it is no token.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out JoinToken? token)
    {
        token = null;
        text = text?.Trim() ?? "";
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || !Base64Url.IsValid(text.AsSpan(Prefix.Length))) return false;
        var bytes = Base64Url.DecodeFromChars(text.AsSpan(Prefix.Length));
        if (bytes.Length <= 2 * KeySize) return false;
        var endpoint = Encoding.UTF8.GetString(bytes.AsSpan(2 * KeySize));
        if (!endpoint.StartsWith("tcp://", StringComparison.Ordinal)) return false;
        token = new JoinToken(endpoint, bytes.AsSpan(0, KeySize), bytes.AsSpan(KeySize, KeySize));
        return true;
    }

    /// <summary>The token as one word. It holds the secret.</summary>
    public string ToText() => Prefix + Base64Url.EncodeToString([.. DaemonKey.Span, .. _secret, .. Encoding.UTF8.GetBytes(Endpoint)]);

    /// <summary>Where it leads to: a token in a log gives nothing away.</summary>
    public override string ToString() => $"a token of {Endpoint}";
}
