using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>A bounded queue of references between one producer and one consumer. Neither ever waits: full and empty are return values.</summary>
/// <remarks>Each side keeps the other's position as it last saw it, so that in the steady state no cache line travels for a look.</remarks>
internal sealed class SpscRing<T>
    where T : class
{
    private readonly T?[] _items;
    private RingPositions _positions;

    /// <param name="capacity">Rounded up to a power of two.</param>
    public SpscRing(int capacity) => _items = new T?[BitOperations.RoundUpToPowerOf2((uint)capacity)];

    /// <summary>How many items there are: exact for the two sides, an estimate for others.</summary>
    public int Count => (int)(Volatile.Read(ref _positions.Tail) - Volatile.Read(ref _positions.Head));

    /// <summary>Called by the producer. False when the ring is full.</summary>
    public bool TryPut(T item)
    {
        var tail = _positions.Tail;
        if (tail - _positions.HeadSeen == _items.Length)
        {
            _positions.HeadSeen = Volatile.Read(ref _positions.Head);
            if (tail - _positions.HeadSeen == _items.Length) return false;
        }

        _items[tail & (_items.Length - 1)] = item;
        Volatile.Write(ref _positions.Tail, tail + 1);
        return true;
    }

    /// <summary>Called by the consumer. Null when the ring is empty.</summary>
    public T? TryTake()
    {
        var head = _positions.Head;
        if (head == _positions.TailSeen)
        {
            _positions.TailSeen = Volatile.Read(ref _positions.Tail);
            if (head == _positions.TailSeen) return null;
        }

        ref var slot = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_items), (nint)(head & (_items.Length - 1)));
        var item = slot;
        slot = null;
        Volatile.Write(ref _positions.Head, head + 1);
        return item;
    }
}
