using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>Hands on what links tell to the share that runs now. Links are made when the worker starts, and a share when it is told what to run; a later one may take its place.</summary>
internal sealed class LinkRelay : ILinkHandler
{
    private ILinkHandler? _target;

    /// <summary>Who is told from now on; null for nobody: then frames are refused, which their sender learns as a loss. Set by any thread.</summary>
    public ILinkHandler? Target
    {
        get => Volatile.Read(ref _target);
        set => Volatile.Write(ref _target, value);
    }

    void ILinkHandler.OnGeneration(ulong generation) => Target?.OnGeneration(generation);

    WireError ILinkHandler.OnFrame(LinkPeer peer, LinkConnection connection, ReadOnlySpan<byte> frame) => Target?.OnFrame(peer, connection, frame) ?? WireError.InvalidBatch;

    void ILinkHandler.OnCredits(LinkPeer peer, ReadOnlySpan<Credit> credits) => Target?.OnCredits(peer, credits);

    void ILinkHandler.WriteCredits(LinkPeer peer, FrameWriter frame) => Target?.WriteCredits(peer, frame);

    TimeSpan ILinkHandler.OnTurn() => Target?.OnTurn() ?? Timeout.InfiniteTimeSpan;

    void ILinkHandler.OnRoom(LinkPeer peer, LinkConnection connection) => Target?.OnRoom(peer, connection);

    void ILinkHandler.OnUp(LinkPeer peer) => Target?.OnUp(peer);

    void ILinkHandler.OnLeft(LinkPeer peer) => Target?.OnLeft(peer);

    void ILinkHandler.OnLost(LinkLost lost) => Target?.OnLost(lost);
}
