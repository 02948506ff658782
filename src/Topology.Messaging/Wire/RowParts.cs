using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>What lies beside the rows of a batch that came in: where they come from and go to, their trees, and the further pairs of some.</summary>
internal ref struct RowParts
{
    private const int PairSize = 16;
    private const int FurtherHeadSize = 8;

    private readonly int _runBytes;
    private readonly ReadOnlySpan<byte> _idBytes;
    private readonly ReadOnlySpan<ulong> _roots;
    private readonly ReadOnlySpan<TupleIds> _pairs;
    private ReadOnlySpan<byte> _further;
    private int _nextFurther = -1;

    public RowParts(int count, ReadOnlySpan<byte> runs, ReadOnlySpan<byte> ids, ReadOnlySpan<byte> further)
    {
        Count = count;
        Runs = MemoryMarshal.Cast<byte, AddressRun>(runs);
        _runBytes = runs.Length;
        _idBytes = ids;
        if (ids.Length == sizeof(ulong) * count) _roots = MemoryMarshal.Cast<byte, ulong>(ids);
        if (ids.Length == PairSize * count) _pairs = MemoryMarshal.Cast<byte, TupleIds>(ids);
        _further = further;
        FindNext();
    }

    /// <summary>How many rows there are, at least 1.</summary>
    public int Count { get; }

    /// <summary>Where they come from and go to.</summary>
    public ReadOnlySpan<AddressRun> Runs { get; }

    /// <summary>Whether there are whole runs, and ids for no row or for every one.</summary>
    public readonly bool AreWhole => _runBytes == Unsafe.SizeOf<AddressRun>() * Runs.Length && (_idBytes.IsEmpty || !_roots.IsEmpty || !_pairs.IsEmpty);

    /// <summary>Whether all further pairs found their row.</summary>
    public readonly bool IsDone => _further.IsEmpty;

    /// <summary>The tree and edge of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TupleIds IdsOf(int row)
    {
        if (!_pairs.IsEmpty) return _pairs[row];
        return _roots.IsEmpty ? default : new TupleIds(_roots[row], 0);
    }

    /// <summary>Whether the next further pairs are of this row.</summary>
    public readonly bool HasFurther(int row) => row == _nextFurther;

    /// <summary>Takes the next further pairs. False when they are not whole, or one has a root of 0, which would end them for who reads them.</summary>
    public bool TryAddFurther(TupleBatch batch, out int first)
    {
        first = -1;
        var count = BinaryPrimitives.ReadUInt32LittleEndian(_further[4..]);
        var rest = _further[FurtherHeadSize..];
        if (count == 0 || count > rest.Length / PairSize) return false;
        var pairs = MemoryMarshal.Cast<byte, TupleIds>(rest[..((int)count * PairSize)]);
        foreach (ref readonly var pair in pairs)
            if (pair.Root == 0) return false;
        first = batch.AddExtra(pairs);
        _further = rest[((int)count * PairSize)..];
        FindNext();
        return true;
    }

    // Less than a head is no row's, and so is left over.
    private void FindNext() => _nextFurther = _further.Length >= FurtherHeadSize ? BinaryPrimitives.ReadInt32LittleEndian(_further) : -1;
}
