using Topology.Messaging;

namespace Topology.Engine;

/// <summary>Connects a worker that runs a part of a topology to its links: what comes in goes to its loops and ackers, and credit goes back.</summary>
/// <param name="worker">The worker, which has a share.</param>
/// <param name="onLost">Told when a link broke for good, on the link's thread: what is on its way may be lost, and a new generation has to begin.</param>
internal sealed class PeerLinks(Worker worker, Action<LinkLost> onLost) : ILinkHandler
{
    /// <summary>While rows of peers are here, what was worked off is looked at so often: credit for half a window of 4,096 rows lasts longer at a million rows a second.</summary>
    private static readonly TimeSpan CreditInterval = TimeSpan.FromMilliseconds(0.5);

    private readonly PeerInput?[] _inputs = [.. worker.Peers.Select(peer => peer is null ? null : new PeerInput(worker, peer))];
    private OutboxLink?[] _links = [];
    private FrameWriter?[] _writers = [];
    private int _up;

    /// <summary>Gives the worker its ways to the others. Before it starts.</summary>
    /// <param name="outboxes">What the links have assigned: every other worker is among them.</param>
    /// <param name="resources">What the links were made of.</param>
    public void Connect(OutboxTable outboxes, LinkResources resources)
    {
        var links = worker.Peers.Select(peer => peer is null ? null : new OutboxLink(worker, outboxes, (uint)peer.Number, resources)).ToArray();
        for (var number = 0; number < links.Length; number++)
            if (links[number] is { } link) worker.Peers[number]!.Link = link;
        _writers = [.. links.Select(link => link is null ? null : new FrameWriter(link.ControlBuffers))];
        Volatile.Write(ref _links, links);
    }

    /// <summary>How many workers have said hello.</summary>
    public int Up => Volatile.Read(ref _up);

    WireError ILinkHandler.OnFrame(LinkPeer peer, LinkConnection connection, ReadOnlySpan<byte> frame)
    {
        var input = InputOf(peer);
        var error = input.Take(frame);
        return error == WireError.None && input.HasGap ? WireError.InvalidBatch : error;
    }

    void ILinkHandler.OnCredits(LinkPeer peer, ReadOnlySpan<Credit> credits)
    {
        foreach (ref readonly var credit in credits) worker.Peers[(int)peer.Worker]!.Credit(credit.Channel, credit.Rows);
    }

    void ILinkHandler.WriteCredits(LinkPeer peer, FrameWriter frame) => InputOf(peer).RepeatCredits(frame);

    TimeSpan ILinkHandler.OnTurn()
    {
        var links = Volatile.Read(ref _links);
        var hasMore = false;
        for (var number = 0; number < links.Length; number++)
        {
            if (links[number] is not { } link) continue;
            link.SendWaiting();
            hasMore |= _inputs[number]!.Pump(_writers[number]!);
        }

        return hasMore ? CreditInterval : Timeout.InfiniteTimeSpan;
    }

    void ILinkHandler.OnRoom(LinkPeer peer, LinkConnection connection)
    {
        if (LinkOf(peer) is not { } link) return;
        if (connection == LinkConnection.Data) link.WakeWaiters();
        else link.SendWaiting();
    }

    void ILinkHandler.OnUp(LinkPeer peer) => Interlocked.Increment(ref _up);

    void ILinkHandler.OnLeft(LinkPeer peer)
    {
    }

    void ILinkHandler.OnLost(LinkLost lost)
    {
        // Its outbox takes and drops everything from now on, so nobody waits for it for ever.
        LinkOf(lost.Peer)?.WakeWaiters();
        onLost(lost);
    }

    private PeerInput InputOf(LinkPeer peer) => _inputs[(int)peer.Worker]!;

    private OutboxLink? LinkOf(LinkPeer peer) => Volatile.Read(ref _links) is { Length: > 0 } links ? links[(int)peer.Worker] : null;
}
