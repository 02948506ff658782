namespace Topology.Messaging;

/// <summary>
/// Gets what a frame holds, section by section in its order, once the whole frame has been found right. Spans are good during the call only.
/// The numbers of senders, channels, ackers and kinds are the receiver's to check: it ignores what it does not know.
/// </summary>
internal interface IFrameReceiver
{
    /// <summary>Rows; the batch is published, and each of its receivers has to release it.</summary>
    void OnBatch(Channel channel, ulong sequence, TupleBatch batch);

    /// <summary>Messages to an acker.</summary>
    void OnAcks(in AckSection acks);

    /// <summary>What may be sent on channels.</summary>
    void OnCredits(ReadOnlySpan<Credit> credits);

    /// <summary>The first of a connection.</summary>
    void OnHello(Hello hello);

    /// <summary>The last of a connection.</summary>
    void OnGoodbye(Goodbye goodbye);

    /// <summary>A sign of life.</summary>
    void OnHeartbeat(Heartbeat heartbeat);

    /// <summary>Frames are missing.</summary>
    void OnResendRequest(ResendRequest request);

    /// <summary>Frames have come in.</summary>
    void OnAcknowledgement(Acknowledgement acknowledgement);

    /// <summary>A component has emitted its last in the sending worker, and all that it emitted came before this on the connection for rows.</summary>
    void OnEndOfStream(EndOfStream end);
}
