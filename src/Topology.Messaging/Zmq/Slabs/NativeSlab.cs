using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>
/// Unmanaged bytes that libzmq sends from where they are. Whoever rented it writes it, then either sends it with
/// <see cref="NetMQSocket.TrySend(NativeSlab)"/> or returns it; afterwards it must not be touched.
/// </summary>
internal readonly unsafe struct NativeSlab
{
    private readonly SlabHeader* _header;

    internal NativeSlab(SlabHeader* header) => _header = header;

    /// <summary>All bytes there are, with whatever the last user left in them.</summary>
    public Span<byte> Bytes => new((byte*)_header + SlabHeader.Bytes, (int)_header->Pool->Stride - SlabHeader.Bytes);

    /// <summary>How many of the bytes are to be sent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than there are.</exception>
    public int Length
    {
        get => _header->Length;
        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)value, (uint)Bytes.Length, nameof(value));
            _header->Length = value;
        }
    }

    /// <summary>Gives it back to its pool without sending it.</summary>
    public void Return() => SlabPoolHeader.Return(_header);

    /// <summary>Makes a message of its bytes.</summary>
    internal void Fill(ZmqMessage* message)
    {
        _header->IsTakenBack = false;
        if (LibZmq.MessageInitData(message, (byte*)_header + SlabHeader.Bytes, (nuint)_header->Length, &Free, _header) != 0)
            ZmqError.Throw("making a message of a slab");
    }

    /// <summary>Ends a message that was not sent; the slab stays with the caller.</summary>
    internal void TakeBack(ZmqMessage* message)
    {
        _header->IsTakenBack = true;
        _ = LibZmq.MessageClose(message);
    }

    /// <summary>libzmq is done with the bytes. On its I/O thread, most often, so it only pushes a number on a stack.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Free(void* data, void* hint)
    {
        var header = (SlabHeader*)hint;
        if (!header->IsTakenBack) SlabPoolHeader.Return(header);
    }
}
