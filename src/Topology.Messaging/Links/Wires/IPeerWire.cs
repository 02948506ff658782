namespace Topology.Messaging;

/// <summary>The connections to one peer.</summary>
internal interface IPeerWire : IDisposable
{
    /// <summary>How often a connection came into being, as last noticed by <see cref="ILinkWire.Refresh"/>. What was sent before the last time may be lost.</summary>
    int ConnectsOf(LinkConnection connection);

    /// <summary>Sends a frame without waiting; the bytes may be reused at once.</summary>
    /// <returns>False when nothing was taken: no connection, or no room. <see cref="ILinkWire.Wait"/> ends when there is.</returns>
    bool TrySend(LinkConnection connection, ReadOnlySpan<byte> frame);

    /// <summary>Tries once more what was given up, since the peer turned it away. Called now and then.</summary>
    void Retry();
}
