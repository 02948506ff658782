namespace Topology.Messaging;

/// <summary>
/// The batches of the lanes to one loop. Rented by the lanes' senders, returned by any receiver; the one that came back last goes out first, since it is still
/// in a cache. What is in flight is bounded by the credits of the lanes' channels, so the pool only keeps what came back, up to a limit. Thread-safe.
/// </summary>
/// <param name="kept">How many free batches are kept.</param>
internal sealed class BatchPool(int kept = 32)
{
    private readonly TupleBatch?[] _free = new TupleBatch?[kept];
    private readonly Lock _lock = new();
    private int _count;

    public TupleBatch Rent()
    {
        lock (_lock)
        {
            if (_count > 0)
            {
                var batch = _free[--_count]!;
                _free[_count] = null;
                return batch;
            }
        }

        return new TupleBatch(this);
    }

    public void Return(TupleBatch batch)
    {
        lock (_lock)
        {
            if (_count < _free.Length) _free[_count++] = batch;
        }
    }
}
