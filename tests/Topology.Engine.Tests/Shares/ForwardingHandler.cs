using Topology.Messaging;

namespace Topology.Engine.Tests;

/// <summary>What a process gives its links: it forwards to the newest run.</summary>
internal sealed class ForwardingHandler : ILinkHandler
{
    public ILinkHandler Target { get; set; } = null!;

    public void OnGeneration(ulong generation) => Target.OnGeneration(generation);

    public WireError OnFrame(LinkPeer peer, LinkConnection connection, ReadOnlySpan<byte> frame) => Target.OnFrame(peer, connection, frame);

    public void OnCredits(LinkPeer peer, ReadOnlySpan<Credit> credits) => Target.OnCredits(peer, credits);

    public void WriteCredits(LinkPeer peer, FrameWriter frame) => Target.WriteCredits(peer, frame);

    public TimeSpan OnTurn() => Target.OnTurn();

    public void OnRoom(LinkPeer peer, LinkConnection connection) => Target.OnRoom(peer, connection);

    public void OnUp(LinkPeer peer) => Target.OnUp(peer);

    public void OnLeft(LinkPeer peer) => Target.OnLeft(peer);

    public void OnLost(LinkLost lost) => Target.OnLost(lost);
}
