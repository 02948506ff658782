namespace Topology.Messaging.Tests;

/// <summary>Fails where links count on their handler.</summary>
internal sealed class FailingHandler : ILinkHandler
{
    public TaskCompletionSource<LinkLost> Lost { get; } = new();

    public WireError OnFrame(LinkPeer peer, LinkConnection connection, ReadOnlySpan<byte> frame) => WireError.None;

    public void OnCredits(LinkPeer peer, ReadOnlySpan<Credit> credits)
    {
    }

    public void WriteCredits(LinkPeer peer, FrameWriter frame)
    {
    }

    public void OnRoom(LinkPeer peer, LinkConnection connection)
    {
    }

    public void OnUp(LinkPeer peer) => throw new InvalidOperationException("It fails.");

    public void OnLeft(LinkPeer peer)
    {
    }

    public void OnLost(LinkLost lost) => Lost.TrySetResult(lost);
}
