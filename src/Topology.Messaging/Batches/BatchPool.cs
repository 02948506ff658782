namespace Topology.Messaging;

/// <summary>
/// The batches of one lane. Rented by the lane's sender alone; returned by any receiver. What is in flight is bounded by the credits of the
/// lane's channels, so the pool only keeps what came back, up to a limit.
/// </summary>
internal sealed class BatchPool(int targets)
{
    private const int Kept = 32;

    private readonly TupleBatch?[] _free = new TupleBatch?[Kept];
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

        return new TupleBatch(this, targets);
    }

    public void Return(TupleBatch batch)
    {
        lock (_lock)
        {
            if (_count < Kept) _free[_count++] = batch;
        }
    }
}
