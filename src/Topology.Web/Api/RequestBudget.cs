namespace Topology.Web;

/// <summary>How many requests there may be: so many at once, and so many a second after that. No timer runs for it. Thread-safe.</summary>
internal sealed class RequestBudget(int most, double perSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private double _left = most;
    private long _at = time.GetTimestamp();

    /// <summary>Takes one.</summary>
    /// <returns>False if there is none left now.</returns>
    public bool TryTake()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _left = Math.Min(most, _left + (time.GetElapsedTime(_at, now).TotalSeconds * perSecond));
            _at = now;
            if (_left < 1) return false;
            _left--;
            return true;
        }
    }
}
