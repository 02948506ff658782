using Topology.Messaging;

namespace Topology.Bench;

/// <summary>Fills frames of 64 KiB in unmanaged memory, which libzmq sends from where they are.</summary>
/// <param name="socket">Where they go; of this thread.</param>
internal sealed class FrameSender(NetMQSocket socket) : IDisposable
{
    // As many as may wait in the socket, on both of its sides, and one to fill.
    private readonly NativeSlabPool _pool = new((2 * SocketDefaults.HighWatermark) + 1, RowFormat.FrameBytes + RowFormat.RowRoom);
    private NativeSlab? _open;
    private bool _isFull;

    /// <summary>The frame that is being filled; null where the socket has to take the one before first, or has all of them.</summary>
    public NativeSlab? Open
    {
        get
        {
            if (_isFull && !TrySend()) return null;
            if (_open is null && _pool.TryRent(out var slab)) _open = slab;
            return _open;
        }
    }

    /// <summary>So many bytes of the open frame are filled, and it is to leave.</summary>
    /// <returns>False while the socket has no room; it then leaves later.</returns>
    public bool Finish(int bytes)
    {
        if (_open is { } open) open.Length = bytes;
        _isFull = true;
        return TrySend();
    }

    /// <summary>Sends what has found no room. True where nothing waits.</summary>
    public bool TrySend()
    {
        if (!_isFull) return true;
        if (!socket.TrySend(_open!.Value)) return false;
        (_open, _isFull) = (null, false);
        return true;
    }

    /// <summary>Ends renting; what libzmq still has comes back to nobody.</summary>
    public void Dispose() => _pool.Dispose();
}
