using System.Runtime.CompilerServices;
using Topology.Messaging;

namespace Topology.Engine;

/// <summary>What one executor has for one loop of its worker, or for another worker: an open batch, and full ones for which there is no room yet.</summary>
/// <param name="pool">Where batches come from.</param>
internal abstract class Outbox(BatchPool pool)
{
    private readonly Queue<TupleBatch> _waiting = new();
    private TupleBatch? _open;

    /// <summary>Whether full batches wait for room.</summary>
    public bool IsFull => _waiting.Count > 0;

    /// <summary>Every batch with rows, the one in front first.</summary>
    protected IEnumerable<TupleBatch> Unsent => _open is { } open ? _waiting.Append(open) : _waiting;

    /// <summary>The batch that takes a row of so many values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TupleBatch BatchFor(int arity)
    {
        var open = _open;
        return open is not null && open.HasRoom(arity) ? open : Roll(arity);
    }

    /// <summary>Sends what there is. False when some of it still waits; the sender is then woken when there is room.</summary>
    public bool TryFlush()
    {
        if (_open is { Count: > 0 } open)
        {
            _open = null;
            Enqueue(open);
        }

        var isSent = TrySend();
        return TryAnnounce() && isSent;
    }

    /// <summary>Hands a batch on. False when there is no room.</summary>
    protected abstract bool TryPut(TupleBatch batch);

    /// <summary>Asks for the sender to be woken when there is room; it tries once more afterwards.</summary>
    protected abstract void WaitForRoom();

    /// <summary>Batches were put in the middle of a turn: more is likely to follow.</summary>
    protected abstract void NotePut();

    /// <summary>Nothing follows for now: the receiver is to look at all that was put. False when that itself has no room.</summary>
    protected abstract bool TryAnnounce();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private TupleBatch Roll(int arity)
    {
        if (_open is { } full)
        {
            // No longer open, so that who counts what is unsent counts it once.
            _open = null;
            Enqueue(full);
            TrySend();
            NotePut();
        }

        var batch = pool.Rent();
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
        var waits = false;
        while (_waiting.TryPeek(out var batch))
        {
            if (TryPut(batch))
            {
                _waiting.Dequeue();
                continue;
            }

            if (waits) break;
            WaitForRoom();
            waits = true;
        }

        return _waiting.Count == 0;
    }
}
