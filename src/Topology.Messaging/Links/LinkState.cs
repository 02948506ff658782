namespace Topology.Messaging;

/// <summary>What a link is at.</summary>
internal enum LinkState : byte
{
    /// <summary>Says hello until the peer does; sends no frames yet. Until then, or until <see cref="LinkOptions.ConnectLimit"/>.</summary>
    Connecting,

    /// <summary>Frames go both ways, until either side leaves or the link is lost.</summary>
    Up,

    /// <summary>This side says goodbye, once all that was handed over is sent; until the peer has acknowledged it.</summary>
    Leaving,

    /// <summary>Nothing is sent or taken any more: either side has left in good order.</summary>
    Closed,

    /// <summary>Nothing is sent or taken any more: the link broke, and only a new generation mends it.</summary>
    Lost,
}
