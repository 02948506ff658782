namespace Topology.Messaging;

internal sealed partial class Link
{
    /// <summary>Takes in a frame whose header was found right.</summary>
    public void OnFrame(LinkConnection connection, FrameReader reader, ReadOnlySpan<byte> frame, long now)
    {
        if (State == LinkState.Lost)
        {
            Refuse(Refusal.LinkEnded);
            return;
        }

        _heardAt = now;
        if (reader.Header.Sequence == 0) OnOwn(Half(connection), reader, now);
        else OnSequenced(Half(connection), reader, frame, now);
    }

    private void OnOwn(LinkHalf half, FrameReader reader, long now)
    {
        if (!LinkFrame.TryRead(reader, out var frame) || !IsForMe(frame) || !TryTakePositions(half, frame, now))
        {
            Refuse(Refusal.Malformed);
            return;
        }

        if (frame.Hello is { } hello) OnHello(hello);
        if (frame.Heartbeat is { } heartbeat) half.Receiver.OnSent(heartbeat.Sent);
        if (!frame.Credits.IsEmpty) _context.Handler.OnCredits(Peer, frame.Credits);
        TellOfRoom();
    }

    private bool IsForMe(in LinkFrame frame) =>
        (frame.AcknowledgedIncarnation ?? _context.Me.Incarnation) == _context.Me.Incarnation
        && (frame.Hello is not { } hello || (hello.Worker == Peer.Worker && (hello.PeerIncarnation == 0 || hello.PeerIncarnation == _context.Me.Incarnation)));

    private bool TryTakePositions(LinkHalf half, in LinkFrame frame, long now)
    {
        var isRight = TryAcknowledge(half, frame.Hello?.Received) && TryAcknowledge(half, frame.Heartbeat?.Received);
        isRight = isRight && TryAcknowledge(Data, frame.AcknowledgedOn(LinkConnection.Data)) && TryAcknowledge(Control, frame.AcknowledgedOn(LinkConnection.Control));
        if (!isRight) return false;
        Rewind(Data, frame.ResendFrom(LinkConnection.Data), now);
        Rewind(Control, frame.ResendFrom(LinkConnection.Control), now);
        return true;
    }

    private static bool TryAcknowledge(LinkHalf half, ulong? received)
    {
        if (received is not { } last) return true;
        if (last >= half.Sender.Acknowledged) half.GapSince = null;
        return half.Sender.TryAcknowledge(last);
    }

    /// <summary>A request for frames that the peer had acknowledged may be one that was held up on an old connection. Only one that stays is a gap.</summary>
    private static void Rewind(LinkHalf half, ulong? first, long now)
    {
        if (first is { } from && !half.Sender.TryRewind(from)) half.GapSince ??= now;
    }

    private void OnHello(Hello hello)
    {
        // It does not know yet that this side says hello too.
        if (hello.PeerIncarnation == 0) Control.IsHelloDue = true;
        if (WasHeard) return;
        WasHeard = true;
        if (State == LinkState.Connecting) State = _leaves ? LinkState.Leaving : LinkState.Up;
        _context.Handler.OnUp(Peer);
    }

    private void OnSequenced(LinkHalf half, FrameReader reader, ReadOnlySpan<byte> frame, long now)
    {
        var arrival = half.Receiver.Accept(reader.Header.Sequence, frame.Length, now);
        if (arrival == Arrival.Duplicate) _counters.CountDuplicate();
        else if (arrival == Arrival.AfterGap) _counters.CountAfterGap();
        else if (reader.TryRead(out var section) && section.Type == SectionType.Goodbye) OnGoodbye(half);
        else HandOn(half.Connection, frame);
    }

    private void HandOn(LinkConnection connection, ReadOnlySpan<byte> frame)
    {
        _counters.CountReceived(frame.Length);
        try
        {
            var error = _context.Handler.OnFrame(Peer, connection, frame);
            if (error != WireError.None) Lose(LossReason.Undecodable, $"A {connection} frame of worker {Peer.Worker} cannot be taken: {error}.");
        }
        catch (Exception error)
        {
            Lose(LossReason.HandlerFailed, $"Taking a {connection} frame of worker {Peer.Worker} failed: {error.Message}", error);
        }
    }

    private void OnGoodbye(LinkHalf half)
    {
        half.HasPeerLeft = true;
        half.Receiver.AcknowledgeNow();
        if (!Data.HasPeerLeft || !Control.HasPeerLeft) return;
        if (!HasEnded) Close();
        _context.Handler.OnLeft(Peer);
    }
}
