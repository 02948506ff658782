using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>A public key by value, to look peers up by.</summary>
[InlineArray(NetMQCertificate.KeySize)]
internal struct CurvePublicKey : IEquatable<CurvePublicKey>
{
    private byte _first;

    /// <exception cref="ArgumentException">It is not 32 bytes long.</exception>
    public CurvePublicKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != NetMQCertificate.KeySize) throw new ArgumentException("A CURVE key has 32 bytes.", nameof(key));
        key.CopyTo(this);
    }

    private readonly ReadOnlySpan<byte> Bytes => MemoryMarshal.CreateReadOnlySpan(in _first, NetMQCertificate.KeySize);

    public readonly bool Equals(CurvePublicKey other) => Bytes.SequenceEqual(other.Bytes);

    public override readonly bool Equals(object? obj) => obj is CurvePublicKey other && Equals(other);

    // Seeded, since strangers choose the keys that are looked up.
    public override readonly int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }
}
