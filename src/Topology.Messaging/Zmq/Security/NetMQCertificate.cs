using System.Security.Cryptography;
using System.Text;

namespace Topology.Messaging;

/// <summary>A CURVE key pair (rfc.zeromq.org/spec/26), or the public half of one. Make a fresh one for every incarnation of a worker.</summary>
internal sealed unsafe class NetMQCertificate : IDisposable
{
    /// <summary>Bytes of a key.</summary>
    public const int KeySize = 32;

    // As Z85 text, with the zero byte that libzmq puts at the end.
    private const int TextSize = 41;

    private readonly byte[] _publicKey = new byte[KeySize];
    private readonly byte[] _secretKey = new byte[KeySize];

    /// <summary>A new key pair.</summary>
    /// <exception cref="NetMQException">There is no libzmq that will do.</exception>
    public NetMQCertificate()
    {
        ZmqLibrary.Require();
        byte* publicText = stackalloc byte[TextSize], secretText = stackalloc byte[TextSize];
        if (LibZmq.CurveKeyPair(publicText, secretText) != 0) ZmqError.Throw("making a CURVE key pair");
        Decode(publicText, _publicKey);
        Decode(secretText, _secretKey);
        CryptographicOperations.ZeroMemory(new Span<byte>(secretText, TextSize));
        HasSecretKey = true;
    }

    private NetMQCertificate(ReadOnlySpan<byte> publicKey) => publicKey.CopyTo(_publicKey);

    /// <summary>The public key, 32 bytes. Anyone may know it.</summary>
    public ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <summary>The public key as 40 characters.</summary>
    public string PublicKeyZ85 => ToZ85(_publicKey);

    public bool HasSecretKey { get; private set; }

    /// <summary>The secret key, 32 bytes. It must not reach a log, an argument or the environment.</summary>
    /// <exception cref="NetMQException">Only the public half is known, or the certificate was disposed.</exception>
    public ReadOnlySpan<byte> SecretKey => HasSecretKey ? _secretKey : throw new NetMQException("This certificate has no secret key.");

    /// <summary>A pair that was made before. Keys that do not belong together get through no handshake.</summary>
    /// <exception cref="ArgumentException">One is not 32 bytes long.</exception>
    public static NetMQCertificate FromKeys(ReadOnlySpan<byte> secretKey, ReadOnlySpan<byte> publicKey)
    {
        RequireSize(secretKey);
        RequireSize(publicKey);
        var certificate = new NetMQCertificate(publicKey) { HasSecretKey = true };
        secretKey.CopyTo(certificate._secretKey);
        return certificate;
    }

    /// <summary>The pair that belongs to a secret key.</summary>
    /// <exception cref="ArgumentException">It is not 32 bytes long.</exception>
    public static NetMQCertificate CreateFromSecretKey(ReadOnlySpan<byte> secretKey)
    {
        RequireSize(secretKey);
        ZmqLibrary.Require();
        byte* publicText = stackalloc byte[TextSize], secretText = stackalloc byte[TextSize];
        fixed (byte* secret = secretKey)
            _ = LibZmq.Z85Encode(secretText, secret, KeySize);
        if (LibZmq.CurvePublic(publicText, secretText) != 0) ZmqError.Throw("deriving a CURVE public key");
        CryptographicOperations.ZeroMemory(new Span<byte>(secretText, TextSize));
        Span<byte> publicKey = stackalloc byte[KeySize];
        Decode(publicText, publicKey);
        return FromKeys(secretKey, publicKey);
    }

    /// <summary>A peer's public half.</summary>
    /// <exception cref="ArgumentException">It is not 32 bytes long.</exception>
    public static NetMQCertificate FromPublicKey(ReadOnlySpan<byte> publicKey)
    {
        RequireSize(publicKey);
        return new(publicKey);
    }

    /// <summary>Overwrites the secret key. Sockets that have it keep their own copy.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_secretKey);
        HasSecretKey = false;
    }

    /// <summary>The public key: a certificate in a log gives nothing away.</summary>
    public override string ToString() => PublicKeyZ85;

    /// <summary>32 bytes as 40 characters (rfc.zeromq.org/spec/32).</summary>
    internal static string ToZ85(ReadOnlySpan<byte> key)
    {
        ZmqLibrary.Require();
        byte* text = stackalloc byte[TextSize];
        fixed (byte* start = key)
            _ = LibZmq.Z85Encode(text, start, KeySize);
        return Encoding.ASCII.GetString(text, TextSize - 1);
    }

    private static void Decode(byte* text, Span<byte> key)
    {
        fixed (byte* start = key)
            _ = LibZmq.Z85Decode(start, text);
    }

    private static void RequireSize(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeySize) throw new ArgumentException($"A CURVE key has {KeySize} bytes, not {key.Length}.", nameof(key));
    }
}
