namespace Topology.Messaging;

/// <summary>Why a link was lost.</summary>
internal enum LossReason : byte
{
    /// <summary>The peer never said hello within <see cref="LinkOptions.ConnectLimit"/>.</summary>
    NeverConnected,

    /// <summary>Nothing came from the peer for <see cref="LinkOptions.SilenceLimit"/>.</summary>
    Silent,

    /// <summary>The peer misses frames that it had acknowledged, so nobody has them any more.</summary>
    Gap,

    /// <summary>The peer lives, yet acknowledged nothing of what it was sent for <see cref="LinkOptions.StallLimit"/>.</summary>
    Stalled,

    /// <summary>The handler refused a frame: its rows are lost.</summary>
    Undecodable,

    /// <summary>The handler threw an exception over a frame: its rows are lost.</summary>
    HandlerFailed,

    /// <summary>The link thread ended by an error of its own.</summary>
    ThreadFailed,
}
