namespace Topology.Bench;

/// <summary>A counter that one thread writes at a time and others read, also those of other processes. No two of them share a cache line.</summary>
internal sealed unsafe class TupleCell
{
    /// <summary>How many numbers a cell takes: 256 bytes, since processors fetch cache lines in pairs.</summary>
    public const int Length = 32;

    private readonly LongBlock _block;
    private readonly long* _count;

    /// <param name="block">Its place, of <see cref="Length"/> numbers.</param>
    public TupleCell(LongBlock block)
    {
        _block = block;
        _count = _block.First;
    }

    /// <summary>A cell by itself, with room on both sides.</summary>
    public TupleCell() : this(new LongBlock(2 * Length).Slice(Length / 2, Length))
    {
    }

    /// <summary>What was counted so far.</summary>
    public long Count => Volatile.Read(ref *_count);

    /// <summary>Counts some; for the one thread that writes.</summary>
    public void Add(long count) => Volatile.Write(ref *_count, *_count + count);
}
