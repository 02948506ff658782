namespace Topology.Messaging;

/// <summary>The connections of a worker of a <see cref="MemoryNetwork"/> to one peer.</summary>
/// <param name="network">The network.</param>
/// <param name="data">The line for rows.</param>
/// <param name="control">The line for everything else.</param>
internal sealed class MemoryPeerWire(MemoryNetwork network, MemoryLine data, MemoryLine control) : IPeerWire
{
    /// <inheritdoc/>
    public int ConnectsOf(LinkConnection connection) => Line(connection).Connects;

    /// <inheritdoc/>
    public bool TrySend(LinkConnection connection, ReadOnlySpan<byte> frame) => Line(connection).TrySend(frame);

    /// <summary>Nothing is given up here.</summary>
    public void Retry()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        network.Remove(data);
        network.Remove(control);
    }

    private MemoryLine Line(LinkConnection connection) => connection == LinkConnection.Data ? data : control;
}
