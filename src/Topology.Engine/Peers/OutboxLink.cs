using System.Collections.Concurrent;
using Topology.Messaging;

namespace Topology.Engine;

/// <summary>The way to another worker by the outboxes of its link.</summary>
/// <param name="worker">This worker.</param>
/// <param name="outboxes">The outboxes of the generation.</param>
/// <param name="peer">The other worker's number.</param>
/// <param name="resources">The pools that frames go back to.</param>
internal sealed class OutboxLink(Worker worker, OutboxTable outboxes, uint peer, LinkResources resources) : IPeerLink
{
    private readonly Messaging.Outbox _rows = outboxes.To(peer, LinkConnection.Data);
    private readonly Messaging.Outbox _control = outboxes.To(peer, LinkConnection.Control);
    private readonly ReadyBits _waiters = new(worker.ExecutorCapacity);

    // Acks and credits that found no room. What they are about is bounded by credit, so they are too.
    private readonly ConcurrentQueue<FrameBuffer> _waiting = new();
    private readonly Lock _sending = new();

    public FrameHeader Header => _rows.Header;

    public FrameBufferPool RowBuffers => resources.DataBuffers;

    public FrameBufferPool ControlBuffers => resources.ControlBuffers;

    public bool TrySendRows(FrameBuffer frame) => _rows.TrySend(frame);

    public void WaitForRoom(int executor) => _waiters.Set(executor);

    public void SendControl(FrameBuffer frame)
    {
        if (_waiting.IsEmpty && _control.TrySend(frame)) return;
        _waiting.Enqueue(frame);
        // Once more, since room may have come before the frame was there to be sent; a refusal now asks to be told of room.
        SendWaiting();
    }

    /// <summary>There is room for rows: whoever waits for it is woken. Called by the link's thread.</summary>
    public void WakeWaiters()
    {
        for (var word = 0; word < _waiters.Words; word++)
        {
            var bits = _waiters.TakeWord(word);
            while (bits != 0) worker.Executors[ReadyBits.TakeLowest(ref bits, word)].Wake();
        }
    }

    /// <summary>Sends acks and credits that wait. Legal from any thread.</summary>
    public void SendWaiting()
    {
        if (_waiting.IsEmpty) return;
        lock (_sending)
        {
            while (_waiting.TryPeek(out var frame) && _control.TrySend(frame)) _waiting.TryDequeue(out _);
        }
    }
}
