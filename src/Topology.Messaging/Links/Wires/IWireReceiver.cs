namespace Topology.Messaging;

/// <summary>Gets what a wire receives.</summary>
internal interface IWireReceiver
{
    /// <summary>A frame came in. Spans are good during the call only.</summary>
    /// <param name="connection">On which kind of connection.</param>
    /// <param name="frame">Whatever the sender sent.</param>
    /// <param name="userId">Who sent it, where the wire authenticates.</param>
    void OnFrame(LinkConnection connection, ReadOnlySpan<byte> frame, ReadOnlySpan<byte> userId);
}
