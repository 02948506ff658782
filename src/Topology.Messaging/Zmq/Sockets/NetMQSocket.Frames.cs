using System.Diagnostics;

namespace Topology.Messaging;

internal abstract unsafe partial class NetMQSocket
{
    private const int DontWait = 1;
    private const int SendMore = 2;

    /// <summary>How many refused messages one receive skips. More would let a peer that sends nothing else keep the caller here.</summary>
    private const int MostRefusedAtOnce = 64;

    private bool _isWithinMessage;

    /// <summary>How many messages of the wrong number of frames were received and dropped.</summary>
    public long MultipartRefused { get; private protected set; }

    /// <summary>Sends a copy of the bytes as one frame, without waiting.</summary>
    /// <param name="data">May be reused at once.</param>
    /// <param name="more">Whether the next frame belongs to the same message. Our own links send messages of one frame.</param>
    /// <returns>False when nothing was taken.</returns>
    public bool TrySendFrame(ReadOnlySpan<byte> data, bool more = false) => Send(data, more) == SendResult.Sent;

    /// <summary>Sends a copy of the bytes as one frame, and waits for room if it must.</summary>
    /// <returns>False when nothing was taken in that time.</returns>
    public bool TrySendFrame(TimeSpan timeout, ReadOnlySpan<byte> data, bool more = false)
    {
        var start = Stopwatch.GetTimestamp();
        while (!TrySendFrame(data, more))
            if (Poll(PollEvents.Out, PollItems.Rest(timeout, start)) == PollEvents.None) return false;
        return true;
    }

    /// <summary>
    /// Sends a slab's bytes as one frame, without copying them here and without waiting. Once it is sent the slab is libzmq's, which gives it back to its
    /// pool; before, it stays the caller's.
    /// </summary>
    /// <returns>False when nothing was taken.</returns>
    public bool TrySend(NativeSlab slab)
    {
        var socket = Owned;

        // Not in the slab: libzmq writes to it once more after the I/O thread may have given the slab back.
        ZmqMessage message;
        slab.Fill(&message);
        while (LibZmq.MessageSend(&message, socket, DontWait) < 0)
        {
            var error = ZmqError.Last();
            if (error == ErrorCode.Interrupted) continue;
            slab.TakeBack(&message);
            return error == ErrorCode.TryAgain ? false : throw new NetMQException($"sending on a {Type} socket failed: {error}.", error);
        }

        return true;
    }

    /// <summary>Receives the next frame, of whatever message, without waiting. Read on while <see cref="Msg.HasMore"/>.</summary>
    /// <returns>False when there is none; the message's content is then undefined.</returns>
    public bool TryReceive(ref Msg frame)
    {
        var socket = Owned;
        var message = frame.ForReceive();
        while (LibZmq.MessageReceive(message, socket, DontWait) < 0)
            if (IsRefused("receiving") is not null) return false;
        _isWithinMessage = LibZmq.MessageMore(message) != 0;
        return true;
    }

    /// <summary>Receives the next message of one frame, without waiting. Messages of more frames are dropped and counted.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryReceiveFrame(ref Msg frame)
    {
        for (var i = 0; i < MostRefusedAtOnce && TryReceive(ref frame); i++)
        {
            if (!_isWithinMessage) return true;
            Refuse(ref frame);
        }

        return false;
    }

    /// <summary>Receives the next message of one frame, and waits for it if it must.</summary>
    /// <returns>False when none came in that time.</returns>
    public bool TryReceiveFrame(ref Msg frame, TimeSpan timeout)
    {
        var start = Stopwatch.GetTimestamp();
        while (!TryReceiveFrame(ref frame))
            if (Poll(PollEvents.In, PollItems.Rest(timeout, start)) == PollEvents.None) return false;
        return true;
    }

    private protected SendResult Send(ReadOnlySpan<byte> data, bool more)
    {
        var socket = Owned;
        fixed (byte* start = data)
            while (LibZmq.Send(socket, start, (nuint)data.Length, more ? DontWait | SendMore : DontWait) < 0)
                if (IsRefused("sending") is { } reason) return reason;
        return SendResult.Sent;
    }

    /// <summary>Drops the rest of a message. All its frames are here: libzmq delivers a message whole or not at all.</summary>
    private protected void Refuse(ref Msg frame)
    {
        while (_isWithinMessage && TryReceive(ref frame))
        {
        }

        MultipartRefused++;
    }

    /// <summary>Null after an interruption, where the call is to be made again; why it did nothing, where that is no error.</summary>
    private SendResult? IsRefused(string verb)
    {
        switch (ZmqError.Last())
        {
            case ErrorCode.Interrupted: return null;
            case ErrorCode.TryAgain: return SendResult.Full;
            case ErrorCode.HostUnreachable: return SendResult.Unreachable;
            default:
                ZmqError.Throw($"{verb} on a {Type} socket");
                return null;
        }
    }
}
