using System.Numerics;
using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>
/// A bounded queue of references from many producers to one consumer. Nobody ever waits: full and empty are return values. Each producer's items stay in
/// order. Each slot carries the position that may use it next (Vyukov's bounded queue), so that producers meet at one exchange and never at a lock.
/// </summary>
internal sealed class MpscRing<T>
    where T : class
{
    private readonly Slot[] _slots;
    private RingPositions _positions;

    /// <param name="capacity">Rounded up to a power of two; at least 2, since in a ring of one slot a full one would look free.</param>
    public MpscRing(int capacity)
    {
        _slots = new Slot[Math.Max(2, BitOperations.RoundUpToPowerOf2((uint)capacity))];
        for (var i = 0; i < _slots.Length; i++) _slots[i].Turn = i;
    }

    /// <summary>Called by the consumer: whether there is nothing to take.</summary>
    public bool IsEmpty => Volatile.Read(ref At(_positions.Head).Turn) != _positions.Head + 1;

    /// <summary>Legal from any thread. False when the ring is full.</summary>
    public bool TryPut(T item)
    {
        var tail = Volatile.Read(ref _positions.Tail);
        while (true)
        {
            ref var slot = ref At(tail);
            var turn = Volatile.Read(ref slot.Turn);
            if (turn < tail) return false;
            var seen = turn == tail ? Interlocked.CompareExchange(ref _positions.Tail, tail + 1, tail) : Volatile.Read(ref _positions.Tail);
            if (turn == tail && seen == tail)
            {
                slot.Item = item;
                Volatile.Write(ref slot.Turn, tail + 1);
                return true;
            }

            tail = seen;
        }
    }

    /// <summary>Called by the consumer. Null when the ring is empty, or the next item is not quite there.</summary>
    public T? TryTake()
    {
        var head = _positions.Head;
        ref var slot = ref At(head);
        if (Volatile.Read(ref slot.Turn) != head + 1) return null;
        var item = slot.Item;
        slot.Item = null;
        _positions.Head = head + 1;
        Volatile.Write(ref slot.Turn, head + _slots.Length);
        return item;
    }

    private ref Slot At(long position) => ref _slots[position & (_slots.Length - 1)];

    [StructLayout(LayoutKind.Auto)]
    private struct Slot
    {
        /// <summary>The position that may be put here, or, when one higher, taken.</summary>
        public long Turn;

        public T? Item;
    }
}
