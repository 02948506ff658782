namespace Topology.Messaging;

/// <summary>
/// A ring of messages that come back to their producer when they are worked off, so that the steady state allocates nothing. What does not fit waits on
/// the producer's side, in order; its bound is the producer's affair.
/// </summary>
/// <remarks>One producer, which calls <see cref="Rent"/>, <see cref="Put"/> and <see cref="TryFlush"/>; one consumer, which calls the others.</remarks>
internal sealed class RecyclingRing<T>(int capacity)
    where T : class, new()
{
    private readonly SpscRing<T> _ring = new(capacity);
    private readonly SpscRing<T> _free = new(capacity);

    // Written by the producer.
    private readonly Queue<T> _waiting = new();

    /// <summary>How many messages the ring holds; an estimate for other threads.</summary>
    public int Count => _ring.Count;

    /// <summary>Whether items wait for room. Read by the producer.</summary>
    public bool IsWaiting => _waiting.Count > 0;

    public T Rent() => _free.TryTake() ?? new T();

    /// <summary>False when the ring is full; for a producer that can keep the item itself.</summary>
    public bool TryPut(T item) => _waiting.Count == 0 && _ring.TryPut(item);

    /// <summary>Puts an item, behind those that wait when the ring is full.</summary>
    public void Put(T item)
    {
        if (_waiting.Count > 0 || !_ring.TryPut(item)) _waiting.Enqueue(item);
    }

    /// <summary>Moves on what waits. False when some still does.</summary>
    public bool TryFlush()
    {
        while (_waiting.TryPeek(out var item))
        {
            if (!_ring.TryPut(item)) return false;
            _waiting.Dequeue();
        }

        return true;
    }

    public T? TryTake() => _ring.TryTake();

    public void Recycle(T item) => _free.TryPut(item);
}
