using System.Runtime.CompilerServices;
using Topology.Messaging;

namespace Topology.Engine;

/// <summary>What one executor has for one loop: an open batch, and full ones for which the lane has no room.</summary>
internal sealed class Outbox(EventLoop loop, int sender)
{
    private readonly Lane _lane = loop.LaneFrom(sender);
    private readonly Queue<TupleBatch> _waiting = new();
    private TupleBatch? _open;

    /// <summary>Whether full batches wait for room in the lane.</summary>
    public bool IsFull => _waiting.Count > 0;

    /// <summary>The batch that takes a row of so many values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TupleBatch BatchFor(int arity)
    {
        var open = _open;
        return open is not null && open.HasRoom(arity) ? open : Roll(arity);
    }

    /// <summary>Sends what there is. False when some of it still waits; the lane then wakes the sender.</summary>
    public bool TryFlush()
    {
        if (_open is { Count: > 0 } open)
        {
            _open = null;
            Enqueue(open);
        }

        return _waiting.Count == 0 || TrySend();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private TupleBatch Roll(int arity)
    {
        if (_open is { } full)
        {
            Enqueue(full);
            TrySend();
        }

        var batch = _lane.Pool.Rent();
        batch.EnsureRoom(arity);
        _open = batch;
        return batch;
    }

    private void Enqueue(TupleBatch batch)
    {
        batch.Publish();
        _waiting.Enqueue(batch);
    }

    private bool TrySend()
    {
        var sent = false;
        var waits = false;
        while (_waiting.TryPeek(out var batch))
        {
            if (_lane.TryPut(batch))
            {
                _waiting.Dequeue();
                sent = true;
                continue;
            }

            if (waits) break;
            _lane.WaitForRoom();
            waits = true;
        }

        if (sent) loop.LaneReady(sender);
        return _waiting.Count == 0;
    }
}
