namespace Topology.Messaging;

internal sealed partial class Link
{
    /// <summary>Sends what goes before rows.</summary>
    /// <returns>Whether something was sent.</returns>
    public bool SendControl(long now)
    {
        if (State == LinkState.Lost) return false;
        Control.IsBlocked = false;
        var sent = SendStatus(now) | SendOwn(Control) | SendSequenced(Control);
        if (State == LinkState.Leaving && Data.Sender.IsFinished && Control.Sender.IsFinished) Close();
        return sent;
    }

    /// <summary>Sends rows.</summary>
    /// <returns>Whether something was sent.</returns>
    public bool SendData()
    {
        if (HasEnded) return false;
        Data.IsBlocked = false;
        return SendOwn(Data) | SendSequenced(Data);
    }

    private bool SendStatus(long now)
    {
        if (!IsAcknowledgementDue(now) || !TrySendOwn(Control, _context.Frames.Status(this))) return false;
        Data.Receiver.MarkAcknowledged();
        Control.Receiver.MarkAcknowledged();
        return true;
    }

    private bool SendOwn(LinkHalf half)
    {
        if (HasEnded || half.IsBlocked || !(half.IsHelloDue || half.IsHeartbeatDue)) return false;
        if (!TrySendOwn(half, half.IsHelloDue ? _context.Frames.Hello(this, half) : _context.Frames.Heartbeat(this, half))) return false;
        (half.IsHelloDue, half.IsHeartbeatDue) = (false, false);
        return true;
    }

    private bool TrySendOwn(LinkHalf half, FrameBuffer frame)
    {
        half.IsBlocked = !Wire.TrySend(half.Connection, frame.WrittenSpan);
        _context.Frames.Return(frame);
        return !half.IsBlocked;
    }

    private bool SendSequenced(LinkHalf half)
    {
        if (!CanSend || half.IsBlocked || half.IsHelloDue) return false;
        var most = _context.Options.FramesPerTurn(half.Connection);
        var sent = 0;
        for (; sent < most && NextOf(half) is { } frame; sent++)
        {
            half.IsBlocked = !Wire.TrySend(half.Connection, frame.WrittenSpan);
            if (half.IsBlocked) break;
            half.Sender.MarkSent();
        }

        return sent > 0;
    }

    private FrameBuffer? NextOf(LinkHalf half)
    {
        var frame = half.Sender.Next();
        if (frame is not null || State != LinkState.Leaving || half.Sender.SaidGoodbye) return frame;
        half.Sender.SayGoodbye(LinkFrameWriter.Goodbye(this, half));
        return half.Sender.Next();
    }
}
