using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>
/// What is common to a pool's slabs, in unmanaged memory, because libzmq's I/O thread gives slabs back and must neither allocate nor wait for a lock then.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SlabPoolHeader
{
    // The free slab on top: its index and 1 in the lower half. The upper half counts changes, so that a slab that was taken and given back between
    // another thread's look and its exchange is noticed.
    private long _top;

    // The pool itself and each slab that is out. Whoever takes the last one away frees the memory.
    private int _references;

    public byte* Slabs;
    public nuint Stride;

    public static SlabPoolHeader* Create(int count, int capacity)
    {
        var stride = (nuint)(SlabHeader.Bytes + (capacity + SlabHeader.Bytes - 1) / SlabHeader.Bytes * SlabHeader.Bytes);
        var pool = (SlabPoolHeader*)NativeMemory.AlignedAlloc(SlabHeader.Bytes + (nuint)count * stride, SlabHeader.Bytes);
        *pool = new() { Slabs = (byte*)pool + SlabHeader.Bytes, Stride = stride, _references = 1 };
        for (var i = count - 1; i >= 0; i--)
        {
            *pool->At(i) = new() { Pool = pool, Index = i };
            Push(pool->At(i));
        }

        return pool;
    }

    /// <summary>The free slab on top with its count of changes: never twice the same.</summary>
    public readonly long Top => Volatile.Read(in _top);

    public readonly SlabHeader* At(int index) => (SlabHeader*)(Slabs + (nuint)index * Stride);

    /// <summary>Takes a free slab; null when there is none. Legal from any thread.</summary>
    public static SlabHeader* Pop(SlabPoolHeader* pool)
    {
        while (true)
        {
            var top = Volatile.Read(ref pool->_top);
            if ((int)top == 0) return null;
            var slab = pool->At((int)top - 1);
            if (!TryExchange(pool, top, Volatile.Read(ref slab->NextFree))) continue;
            Interlocked.Increment(ref pool->_references);
            return slab;
        }
    }

    /// <summary>Gives a slab back. Legal from any thread.</summary>
    public static void Return(SlabHeader* slab)
    {
        var pool = slab->Pool;
        Push(slab);
        Release(pool);
    }

    /// <summary>Takes a reference away, and the memory with the last.</summary>
    public static void Release(SlabPoolHeader* pool)
    {
        if (Interlocked.Decrement(ref pool->_references) == 0) NativeMemory.AlignedFree(pool);
    }

    private static void Push(SlabHeader* slab)
    {
        var pool = slab->Pool;
        long top;
        do
        {
            top = Volatile.Read(ref pool->_top);
            Volatile.Write(ref slab->NextFree, (int)top);
        }
        while (!TryExchange(pool, top, slab->Index + 1));
    }

    private static bool TryExchange(SlabPoolHeader* pool, long top, int newTop)
    {
        var next = ((top >> 32) + 1) << 32 | (uint)newTop;
        return Interlocked.CompareExchange(ref pool->_top, next, top) == top;
    }
}
