namespace Topology.Cluster.Tests;

/// <summary>How often each number below a limit was seen. Thread-safe.</summary>
internal sealed class Tally(int limit)
{
    private readonly int[] _counts = new int[limit];
    private long _total;

    public long Total => Interlocked.Read(ref _total);

    public int this[long number] => Volatile.Read(ref _counts[number]);

    public void Add(long number)
    {
        Interlocked.Increment(ref _counts[number]);
        Interlocked.Increment(ref _total);
    }

    /// <summary>A bolt that counts its tuples' first value and emits nothing.</summary>
    public FaultyBasicBolt Bolt() => new((tuple, _) => Add(tuple[0].AsInt64()));

    /// <summary>A bolt that counts its tuples' first value and passes it on.</summary>
    public FaultyBasicBolt Relay() => new(
        (tuple, output) =>
        {
            Add(tuple[0].AsInt64());
            output.Emit(tuple[0]);
        },
        "number");

    /// <summary>Every number was seen so many times.</summary>
    public void ShouldHoldEach(int times)
    {
        var wrong = Enumerable.Range(0, limit).Where(i => _counts[i] != times).Take(5).Select(i => $"{i}: {_counts[i]} times");
        Assert.That(wrong, Is.Empty);
    }
}
