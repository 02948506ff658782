namespace Topology.Bench;

/// <summary>Looks at the size of the managed heap ten times a second and keeps the largest.</summary>
internal sealed class PeakHeap : IDisposable
{
    private readonly Timer _timer;
    private long _peakBytes;

    /// <summary>Starts looking.</summary>
    public PeakHeap() => _timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));

    /// <summary>The largest so far, garbage that is not yet collected included.</summary>
    public long Bytes => Interlocked.Read(ref _peakBytes);

    /// <summary>Stops looking.</summary>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        // The timer's callbacks may overlap where the machine is busy.
        var bytes = GC.GetTotalMemory(forceFullCollection: false);
        for (var peak = Bytes; bytes > peak;)
        {
            var seen = Interlocked.CompareExchange(ref _peakBytes, bytes, peak);
            if (seen == peak) break;
            peak = seen;
        }
    }
}
