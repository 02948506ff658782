using System.Text;

namespace Topology.Messaging;

/// <summary>
/// Who may connect to which domain, and under which name. Every change makes a new table and swaps it whole, so a look-up never waits. A change counts for
/// handshakes that come after it; connections that stand are not cut.
/// </summary>
internal sealed class ZapAllowList
{
    private readonly Lock _lock = new();
    private Dictionary<(string Domain, CurvePublicKey Key), byte[]> _allowed = [];

    /// <summary>How many (domain, key) pairs are allowed.</summary>
    public int Count => Volatile.Read(ref _allowed).Count;

    /// <summary>Lets a key in, or renames who has it.</summary>
    /// <param name="domain">As the server's socket has it.</param>
    /// <param name="publicKey">32 bytes.</param>
    /// <param name="userId">What <see cref="Msg.UserId"/> says of the peer's messages: 1 to 255 bytes of UTF-8 without a zero.</param>
    public void Allow(string domain, ReadOnlySpan<byte> publicKey, string userId)
    {
        if (userId.Contains('\0') || Encoding.UTF8.GetByteCount(userId) is 0 or > 255)
            throw new ArgumentException("A user id is 1 to 255 bytes without a zero.", nameof(userId));
        var key = (domain, new CurvePublicKey(publicKey));
        var name = Encoding.UTF8.GetBytes(userId);
        Change(table => table[key] = name);
    }

    /// <summary>Lets a key in no more. Harmless when it never was.</summary>
    public void Revoke(string domain, ReadOnlySpan<byte> publicKey)
    {
        var key = (domain, new CurvePublicKey(publicKey));
        Change(table => table.Remove(key));
    }

    /// <summary>Lets nobody into a domain any more.</summary>
    public void RevokeAll(string domain) => Change(table =>
    {
        foreach (var key in table.Keys.Where(key => key.Domain == domain).ToList()) table.Remove(key);
    });

    /// <summary>The name of whoever has the key; null when the domain does not let it in.</summary>
    public byte[]? Find(string domain, ReadOnlySpan<byte> publicKey) =>
        publicKey.Length == NetMQCertificate.KeySize ? Volatile.Read(ref _allowed).GetValueOrDefault((domain, new(publicKey))) : null;

    private void Change(Action<Dictionary<(string Domain, CurvePublicKey Key), byte[]>> change)
    {
        lock (_lock)
        {
            var table = new Dictionary<(string Domain, CurvePublicKey Key), byte[]>(_allowed);
            change(table);
            Volatile.Write(ref _allowed, table);
        }
    }
}
