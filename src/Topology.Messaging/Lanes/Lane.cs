namespace Topology.Messaging;

/// <summary>
/// Carries batches from one executor to one loop: bounded, one producer, one consumer. Which channels (source task, target task) have rows in
/// it, and how many each may have, is the sender's affair.
/// </summary>
internal sealed class Lane(int sender, BatchPool pool)
{
    /// <summary>64 batches: what a sender of one-row batches may publish while the loop is away for a turn; full batches meet their credit first.</summary>
    public const int Capacity = 64;

    private readonly SpscRing<TupleBatch> _ring = new(Capacity);
    private bool _senderWaits;

    /// <summary>The index of the sending executor.</summary>
    public int Sender { get; } = sender;

    /// <summary>Where the lane's batches come from.</summary>
    public BatchPool Pool { get; } = pool;

    /// <summary>Called by the sender. False when the lane is full.</summary>
    public bool TryPut(TupleBatch batch) => _ring.TryPut(batch);

    /// <summary>Called by the receiving loop.</summary>
    public TupleBatch? TryTake() => _ring.TryTake();

    /// <summary>Called by the sender after a refused batch: asks to be woken. It must try once more afterwards.</summary>
    public void WaitForRoom()
    {
        Volatile.Write(ref _senderWaits, true);
        Interlocked.MemoryBarrier();
    }

    /// <summary>Called by the loop after it has taken batches: whether the sender asked to be woken.</summary>
    public bool TakeSenderWaits()
    {
        Interlocked.MemoryBarrier();
        if (!Volatile.Read(ref _senderWaits)) return false;
        Volatile.Write(ref _senderWaits, false);
        return true;
    }
}
