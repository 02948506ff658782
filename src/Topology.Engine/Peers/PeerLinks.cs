using System.Diagnostics;
using Topology.Messaging;

namespace Topology.Engine;

/// <summary>
/// Connects a worker that runs a part of a topology to its links: what comes in goes to its loops and ackers, and credit goes back. Links have to call it before the first
/// generation of this worker is assigned.
/// </summary>
/// <param name="worker">The worker, which has a share.</param>
/// <param name="onLost">Told when a link broke for good, on the link's thread: what is on its way may be lost, and a new generation has to begin.</param>
internal sealed class PeerLinks(Worker worker, Action<LinkLost> onLost) : ILinkHandler
{
    /// <summary>While rows of peers are here, what was worked off is looked at so often: credit for half a window of 4,096 rows lasts longer at a million rows a second.</summary>
    private static readonly TimeSpan CreditInterval = TimeSpan.FromMilliseconds(0.5);

    private readonly PeerInput?[] _inputs = [.. worker.Peers.Select(peer => peer is null ? null : new PeerInput(worker, peer))];

    // Written by whoever connects. The newest generation that the worker has a way in, and the newest that is over.
    private OutboxLink?[] _links = [];
    private ulong _connected;
    private ulong _ended;

    // Written by the link's thread: the generation of the links, and how many peers have said hello in it.
    private ulong _generation;
    private long _creditedAt;
    private int _up;

    /// <summary>How many workers have said hello in the generation of the links.</summary>
    public int Up => Volatile.Read(ref _up);

    /// <summary>Whether the worker has its ways to the others, and all of them have said hello. Legal from any thread.</summary>
    public bool IsUp
    {
        get
        {
            // In this order: the count begins anew before the generation is told.
            return IsConnected && Up == worker.Peers.Count(peer => peer is not null);
        }
    }

    /// <summary>Whether the worker has its ways to the others in the generation of the links.</summary>
    private bool IsConnected
    {
        get
        {
            var connected = Volatile.Read(ref _connected);
            return connected > Volatile.Read(ref _ended) && Volatile.Read(ref _generation) == connected;
        }
    }

    /// <summary>Gives the worker its ways to the others for a generation. Legal from any thread, one at a time.</summary>
    /// <param name="outboxes">What the links have assigned: every other worker is among them.</param>
    /// <param name="resources">What the links were made of.</param>
    public void Connect(OutboxTable outboxes, LinkResources resources)
    {
        var links = worker.Peers.Select(peer => peer is null ? null : new OutboxLink(worker, outboxes, (uint)peer.Number, resources)).ToArray();
        Volatile.Write(ref _links, links);
        for (var number = 0; number < links.Length; number++)
            if (links[number] is { } link) worker.Peers[number]!.Connect(outboxes.Set.Generation, link);
        Volatile.Write(ref _connected, outboxes.Set.Generation);
        // Senders may wait for credit, or for room in outboxes, that will never come.
        worker.WakeAll();
    }

    /// <summary>The generation is over: nothing is sent to or taken from the others until the next one. Legal from any thread, one at a time; harmless a second time.</summary>
    public void Disconnect()
    {
        Volatile.Write(ref _ended, _connected);
        foreach (var peer in worker.Peers) peer?.Disconnect();
    }

    void ILinkHandler.OnGeneration(ulong generation)
    {
        Volatile.Write(ref _up, 0);
        foreach (var input in _inputs) input?.Begin(generation);
        worker.Ends!.Restart();
        Volatile.Write(ref _generation, generation);
    }

    WireError ILinkHandler.OnFrame(LinkPeer peer, LinkConnection connection, ReadOnlySpan<byte> frame)
    {
        // Of a generation that is over, or that this worker is not yet a part of.
        if (_generation <= Volatile.Read(ref _ended)) return WireError.None;
        var input = InputOf(peer);
        input.IsOpen = IsConnected;
        var error = input.Take(frame);
        return error == WireError.None && input.HasGap ? WireError.InvalidBatch : error;
    }

    void ILinkHandler.OnCredits(LinkPeer peer, ReadOnlySpan<Credit> credits) => InputOf(peer).TakeCredits(credits);

    void ILinkHandler.WriteCredits(LinkPeer peer, FrameWriter frame) => InputOf(peer).RepeatCredits(frame);

    TimeSpan ILinkHandler.OnTurn()
    {
        var hasMore = false;
        // Time that does not pass by itself would keep credit back for ever.
        var isDue = !worker.Clock.IsReal || Stopwatch.GetElapsedTime(_creditedAt) >= CreditInterval;
        if (isDue) _creditedAt = Stopwatch.GetTimestamp();
        foreach (var link in Volatile.Read(ref _links)) link?.SendWaiting();
        var isOpen = IsConnected;
        foreach (var input in _inputs)
        {
            if (input is null) continue;
            input.IsOpen = isOpen;
            hasMore |= input.Pump(isDue);
        }

        return hasMore ? CreditInterval : Timeout.InfiniteTimeSpan;
    }

    void ILinkHandler.OnRoom(LinkPeer peer, LinkConnection connection)
    {
        if (LinkOf(peer) is not { } link) return;
        if (connection == LinkConnection.Data) link.WakeWaiters();
        else link.SendWaiting();
    }

    void ILinkHandler.OnUp(LinkPeer peer) => Volatile.Write(ref _up, _up + 1);

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
