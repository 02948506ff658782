namespace Topology.Bench;

/// <summary>Numbers that never move: in memory of this process, or in a file that several processes have mapped.</summary>
internal sealed unsafe class LongBlock
{
    // Kept so that what it points to lives as long as it does.
    private readonly object? _owner;
    private readonly long* _first;

    /// <summary>Zeros in memory of this process.</summary>
    public LongBlock(int length)
    {
        var numbers = GC.AllocateArray<long>(length, pinned: true);
        (_owner, Length) = (numbers, length);
        fixed (long* first = numbers) _first = first;
    }

    /// <param name="first">Where they are.</param>
    /// <param name="length">How many.</param>
    /// <param name="owner">What keeps the memory.</param>
    public LongBlock(long* first, int length, object owner)
    {
        _first = first;
        (Length, _owner) = (length, owner);
    }

    /// <summary>How many there are.</summary>
    public int Length { get; }

    /// <summary>Where the first is; as long as the block is reachable.</summary>
    public long* First => _first;

    /// <summary>One of them.</summary>
    public ref long this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Length, nameof(index));
            return ref _first[index];
        }
    }

    /// <summary>Some of them, in the same place.</summary>
    public LongBlock Slice(int first, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)(first + length), (uint)Length, nameof(length));
        return new LongBlock(_first + first, length, this);
    }
}
