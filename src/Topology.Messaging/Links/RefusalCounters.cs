namespace Topology.Messaging;

/// <summary>Frames that were refused, by reason. Written by one thread, read by any.</summary>
internal sealed class RefusalCounters
{
    private readonly long[] _counts = new long[Enum.GetValues<Refusal>().Length];

    /// <summary>Frames that were refused for a reason.</summary>
    public long this[Refusal reason] => Volatile.Read(ref _counts[(int)reason]);

    /// <summary>Frames that were refused for any.</summary>
    public long Total
    {
        get
        {
            long sum = 0;
            for (var reason = 0; reason < _counts.Length; reason++) sum += Volatile.Read(ref _counts[reason]);
            return sum;
        }
    }

    /// <summary>Counts one.</summary>
    /// <returns>Whether it is the first of its reason, which is worth a line in the log.</returns>
    public bool Count(Refusal reason)
    {
        ref var count = ref _counts[(int)reason];
        Volatile.Write(ref count, count + 1);
        return count == 1;
    }
}
