namespace Topology.Messaging;

/// <summary>Many peers, each known by its identity, which comes before every message received from it.</summary>
internal sealed class RouterSocket() : NetMQSocket(ZmqSocketType.Router)
{
    /// <summary>
    /// Receives the next message of one frame, and who sent it, without waiting. Messages of more frames are dropped and counted, at most one a call.
    /// The peer's authenticated identity is <see cref="Msg.UserId"/> of <paramref name="frame"/>, never of <paramref name="identity"/>.
    /// </summary>
    /// <returns>False when there is none.</returns>
    public bool TryReceive(ref Msg identity, ref Msg frame)
    {
        if (!TryReceive(ref identity) || !TryReceive(ref frame)) return false;
        if (!frame.HasMore) return true;
        Refuse(ref frame);
        return false;
    }

    /// <summary>Sends a copy of the bytes as one frame to the peer of that identity, without waiting.</summary>
    /// <remarks>A peer that leaves between the two frames takes the message along, although <see cref="SendResult.Sent"/> is returned.</remarks>
    public SendResult TrySend(ReadOnlySpan<byte> identity, ReadOnlySpan<byte> data)
    {
        var result = Send(identity, more: true);
        return result == SendResult.Sent ? Send(data, more: false) : result;
    }
}
