using System.Text;

namespace Topology.Messaging;

/// <summary>A question of libzmq whether to let a peer in (rfc.zeromq.org/spec/27), read frame by frame.</summary>
internal ref struct ZapRequest
{
    // version, request id, domain, address, identity, mechanism, then one credential for CURVE
    private const int CurveFrames = 7;

    // libzmq's request ids are one byte; more than this is nobody's.
    private const int LongestId = 16;

    private static ReadOnlySpan<byte> Version => "1.0"u8;

    private readonly Span<byte> _id;
    private readonly Span<byte> _key;
    private int _idLength;
    private bool _isWellFormed;

    /// <param name="buffer">At least <see cref="BufferSize"/> bytes.</param>
    public ZapRequest(Span<byte> buffer)
    {
        _id = buffer[..LongestId];
        _key = buffer.Slice(LongestId, NetMQCertificate.KeySize);
        Domain = "";
    }

    public static int BufferSize => LongestId + NetMQCertificate.KeySize;

    public readonly ReadOnlySpan<byte> Id => _id[.._idLength];

    public string Domain { get; private set; }

    public readonly ReadOnlySpan<byte> PublicKey => _key;

    /// <summary>Reads one request. False when there is none. A request that is no CURVE request is read to its end too: it has to be answered.</summary>
    public bool TryRead(NetMQSocket socket, out bool isCurve)
    {
        isCurve = false;
        Msg frame = default;
        try
        {
            if (!socket.TryReceive(ref frame)) return false;
            _isWellFormed = true;
            var count = 1;
            for (Take(0, frame.Data); frame.HasMore && socket.TryReceive(ref frame); count++) Take(count, frame.Data);
            isCurve = _isWellFormed && count == CurveFrames;
            return true;
        }
        finally
        {
            frame.Close();
        }
    }

    private void Take(int index, scoped ReadOnlySpan<byte> data)
    {
        switch (index)
        {
            case 0:
                _isWellFormed &= data.SequenceEqual(Version);
                break;
            case 1:
                _isWellFormed &= data.Length <= LongestId;
                _idLength = Math.Min(data.Length, LongestId);
                data[.._idLength].CopyTo(_id);
                break;
            case 2:
                Domain = Encoding.UTF8.GetString(data);
                break;
            case 5:
                _isWellFormed &= data.SequenceEqual("CURVE"u8);
                break;
            case 6:
                _isWellFormed &= data.Length == _key.Length;
                if (data.Length == _key.Length) data.CopyTo(_key);
                break;
        }
    }
}
