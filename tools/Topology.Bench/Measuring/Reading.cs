namespace Topology.Bench;

/// <summary>What one window, or several added up, saw.</summary>
/// <param name="Tuples">How many tuples were done in it.</param>
/// <param name="Elapsed">Its length, by the clock that was read beside the counter.</param>
/// <param name="AllocatedBytes">Managed bytes allocated by the whole process in it.</param>
internal readonly record struct Reading(long Tuples, TimeSpan Elapsed, long AllocatedBytes)
{
    /// <summary>Tuples per second.</summary>
    public double Rate => Tuples / Elapsed.TotalSeconds;

    /// <summary>Managed bytes per tuple.</summary>
    /// <exception cref="BenchException">Nothing was done.</exception>
    public double BytesPerTuple => (double)AllocatedBytes / SomeTuples;

    /// <summary>Wall-clock nanoseconds per tuple.</summary>
    /// <exception cref="BenchException">Nothing was done.</exception>
    public double NanosecondsPerTuple => Elapsed.TotalNanoseconds / SomeTuples;

    private long SomeTuples => Tuples > 0 ? Tuples : throw new BenchException($"nothing was done in {Elapsed.TotalSeconds:0.0} s");

    /// <summary>Two windows taken together.</summary>
    public static Reading operator +(Reading left, Reading right) =>
        new(left.Tuples + right.Tuples, left.Elapsed + right.Elapsed, left.AllocatedBytes + right.AllocatedBytes);
}
