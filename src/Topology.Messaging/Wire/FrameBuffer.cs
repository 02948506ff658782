using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>
/// The bytes of one frame, in one pinned array that a socket can send from as it is. Grows up to a limit. Not thread-safe; handed on from thread to thread.
/// </summary>
internal sealed class FrameBuffer : IBufferWriter<byte>
{
    /// <summary>No frame is larger, in bytes: a row that would make it so is not sent, and what comes in larger is refused.</summary>
    public const int Largest = 256 * 1024 * 1024;

    private readonly int _largest;
    private byte[] _bytes;

    /// <param name="size">The room to begin with, in bytes.</param>
    /// <param name="largest">The room that it may grow to, in bytes.</param>
    public FrameBuffer(int size, int largest = Largest)
    {
        _largest = largest;
        _bytes = Allocate(size);
    }

    /// <summary>How many bytes are written.</summary>
    public int Written { get; set; }

    /// <summary>The room that there is now, written or not.</summary>
    public int Size => _bytes.Length;

    /// <summary>What is written, good until more is.</summary>
    public Memory<byte> WrittenMemory => _bytes.AsMemory(0, Written);

    /// <inheritdoc cref="WrittenMemory"/>
    public Span<byte> WrittenSpan => _bytes.AsSpan(0, Written);

    /// <summary>A byte that lies within the buffer's size, for callers that keep to what they reserved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte At(int position) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), (nint)(uint)position);

    /// <summary>Room for so many bytes behind a position up to which it is written. False, and nothing is changed, when that is beyond the limit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReserve(int position, long room) => _bytes.Length - position >= room || TryGrow(position, room);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The frame would grow beyond the limit.</exception>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        if (!TryReserve(Written, Math.Max(1, sizeHint))) throw new InvalidOperationException($"A frame has at most {_largest:N0} bytes.");
        return _bytes.AsSpan(Written);
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        // Growing first: that puts another array in place.
        GetSpan(sizeHint);
        return _bytes.AsMemory(Written);
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_bytes.Length - Written));
        Written += count;
    }

    private static byte[] Allocate(int size) => GC.AllocateUninitializedArray<byte>(size, pinned: true);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryGrow(int position, long room)
    {
        if (position + room > _largest) return false;
        var bytes = Allocate((int)Math.Min(_largest, Math.Max(2L * _bytes.Length, position + room)));
        _bytes.AsSpan(0, position).CopyTo(bytes);
        _bytes = bytes;
        return true;
    }
}
