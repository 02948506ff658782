using System.Diagnostics.CodeAnalysis;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>Where other workers reach a worker's incarnation, as one text.</summary>
/// <param name="Data">What they connect to for rows.</param>
/// <param name="Control">What they connect to for everything else.</param>
/// <param name="Key">The incarnation's public key, as its hexadecimal digits; null where links are not encrypted.</param>
internal sealed record WorkerEndpoint(string Data, string Control, string? Key)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out WorkerEndpoint? endpoint)
    {
        endpoint = text?.Split(' ') switch
        {
            [var data, var control] => new WorkerEndpoint(data, control, null),
            [var data, var control, { Length: 2 * NetMQCertificate.KeySize } key] when key.All(char.IsAsciiHexDigitLower) => new WorkerEndpoint(data, control, key),
            _ => null,
        };
        return endpoint is not null;
    }

    public override string ToString() => Key is null ? $"{Data} {Control}" : $"{Data} {Control} {Key}";

    /// <summary>The worker there, as links name it.</summary>
    public LinkPeer ToPeer(int worker, long incarnation) =>
        new((uint)worker, (ulong)incarnation, Data, Control, Key is null ? null : new CurvePublicKey(Convert.FromHexString(Key)));
}
