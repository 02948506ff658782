namespace Topology.Messaging;

/// <summary>
/// Carries batches from one executor to one loop: bounded, one producer, one consumer. Which channels (source task, target task) have rows in
/// it, and how many each may have, is the sender's affair.
/// </summary>
/// <param name="sender">The index of the sending executor.</param>
/// <param name="pool">Where the lane's batches come from.</param>
/// <param name="receivers">How many executors the loop has.</param>
internal sealed class Lane(int sender, BatchPool pool, int receivers)
{
    /// <summary>64 batches: what a sender of one-row batches may publish while the loop is away for a turn; full batches meet their credit first.</summary>
    public const int Capacity = 64;

    private readonly SpscRing<TupleBatch> _ring = new(Capacity);
    private bool _senderWaits;

    // Written by the receivers, each its own: side by side, since the rows of one batch are mostly worked off together.
    private readonly long[] _done = new long[receivers];

    /// <summary>The index of the sending executor.</summary>
    public int Sender { get; } = sender;

    /// <summary>Where the lane's batches come from.</summary>
    public BatchPool Pool { get; } = pool;

    /// <summary>Called by the sender. False when the lane is full.</summary>
    public bool TryPut(TupleBatch batch) => _ring.TryPut(batch);

    /// <summary>Called by the receiving loop.</summary>
    public TupleBatch? TryTake() => _ring.TryTake();

    /// <summary>How many of the lane's rows a receiver has worked off. Legal from any thread.</summary>
    /// <param name="place">The receiver's place in its loop.</param>
    public long DoneBy(int place) => Volatile.Read(ref _done[place]);

    /// <summary>Called by a receiver: so many more rows are done.</summary>
    /// <param name="place">Its place in its loop.</param>
    /// <param name="rows">How many.</param>
    public void AddDone(int place, int rows)
    {
        ref var done = ref _done[place];
        Volatile.Write(ref done, done + rows);
    }

    /// <summary>What a receiver in another process has worked off, as it says.</summary>
    public void SetDone(int place, long rows) => Volatile.Write(ref _done[place], rows);

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
