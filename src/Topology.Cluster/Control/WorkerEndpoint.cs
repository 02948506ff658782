using System.Diagnostics.CodeAnalysis;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>Where other workers reach a worker's incarnation, as one text.</summary>
/// <param name="Data">What they connect to for rows.</param>
/// <param name="Control">What they connect to for everything else.</param>
/// <param name="Key">The incarnation's public key, as its hexadecimal digits; null where links are not encrypted.</param>
internal sealed record WorkerEndpoint(string Data, string Control, string? Key)
{
    /// <summary>What workers of the same host connect to, for the one and the other, without keys; null where that is the same.</summary>
    public (string Data, string Control)? Near { get; init; }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out WorkerEndpoint? endpoint)
    {
        endpoint = text?.Split(' ') switch
        {
            [var data, var control] => new WorkerEndpoint(data, control, null),
            [var data, var control, var key] when IsKey(key) => new WorkerEndpoint(data, control, key),
            [var data, var control, var key, var nearData, var nearControl] when IsKey(key) => new WorkerEndpoint(data, control, key) { Near = (nearData, nearControl) },
            _ => null,
        };
        return endpoint is not null;
    }

    public override string ToString() => (Key, Near) switch
    {
        (null, _) => $"{Data} {Control}",
        (_, null) => $"{Data} {Control} {Key}",
        (_, var (data, control)) => $"{Data} {Control} {Key} {data} {control}",
    };

    /// <summary>The worker there, as links name it.</summary>
    /// <param name="worker">Its place.</param>
    /// <param name="incarnation">Its incarnation.</param>
    /// <param name="isNear">Whether it is on the same host as the one that is to connect.</param>
    /// <exception cref="TopologyException">It is on another host, and only workers of its own reach it.</exception>
    public LinkPeer ToPeer(int worker, long incarnation, bool isNear)
    {
        if (isNear && Near is var (data, control)) return new((uint)worker, (ulong)incarnation, data, control);
        if (!isNear && Key is null) throw new TopologyException($"Worker {worker} was started before its daemon listened for other hosts, and is reached from its own alone: kill the topology and submit it again.");
        return new((uint)worker, (ulong)incarnation, Data, Control, Key is null ? null : new CurvePublicKey(Convert.FromHexString(Key)));
    }

    private static bool IsKey(string text) => text.Length == 2 * NetMQCertificate.KeySize && text.All(char.IsAsciiHexDigitLower);
}
