namespace Topology.Messaging;

/// <summary>
/// A fixed number of equal slabs, for frames that are large enough that a copy costs more than the round trip of a slab (from some KiB on). Legal from any thread.
/// </summary>
internal sealed unsafe class NativeSlabPool : IDisposable
{
    private SlabPoolHeader* _header;

    /// <param name="count">How many slabs there are, and so how many may be on their way.</param>
    /// <param name="capacity">Bytes of each, rounded up to a multiple of 64.</param>
    public NativeSlabPool(int count, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _header = SlabPoolHeader.Create(count, capacity);
    }

    /// <summary>Differs after every change, also where the same slab is on top again.</summary>
    internal long Mark => _header->Top;

    /// <summary>Takes a free slab.</summary>
    /// <returns>False when all are out.</returns>
    /// <exception cref="ObjectDisposedException">The pool was disposed.</exception>
    public bool TryRent(out NativeSlab slab)
    {
        ObjectDisposedException.ThrowIf(_header == null, this);
        var header = SlabPoolHeader.Pop(_header);
        slab = new(header);
        return header != null;
    }

    /// <summary>Ends renting. The memory goes when the last slab that is out is back. To be called when no thread rents any more.</summary>
    public void Dispose()
    {
        if (_header == null) return;
        SlabPoolHeader.Release(_header);
        _header = null;
    }
}
