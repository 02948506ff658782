using Topology.Messaging;

namespace Topology.Engine;

/// <summary>
/// The tuples that one task holds: their ids, and what it emitted anchored to them. A slot's generation grows at each use, so that a second answer is caught.
/// Entries older than the message timeout are forgotten.
/// </summary>
internal sealed class HeldTable
{
    private const int None = -1;

    private Entry[] _entries = new Entry[16];
    private int _free = None;
    private int _used;

    /// <summary>How many tuples are held. Read by other threads as well.</summary>
    public int Count => Volatile.Read(ref _count);

    private int _count;

    public HeldTuple Add(TupleIds ids, ulong emitted, TupleIds[]? further, long now)
    {
        var slot = _free;
        if (slot == None)
        {
            if (_used == _entries.Length) Array.Resize(ref _entries, 2 * _entries.Length);
            slot = _used++;
        }
        else
        {
            _free = _entries[slot].NextFree;
        }

        ref var entry = ref _entries[slot];
        entry.Ids = ids;
        entry.Emitted = emitted;
        entry.Further = further;
        entry.Since = now;
        entry.IsHeld = true;
        Volatile.Write(ref _count, _count + 1);
        return new HeldTuple(slot, ++entry.Generation);
    }

    /// <summary>The entry of a tuple that is still held.</summary>
    /// <exception cref="AnswerException">It was answered for, or forgotten.</exception>
    public ref Entry Get(HeldTuple tuple)
    {
        if ((uint)tuple.Slot < (uint)_used)
        {
            ref var entry = ref _entries[tuple.Slot];
            if (entry.IsHeld && entry.Generation == tuple.Generation) return ref entry;
        }

        throw new AnswerException("This held tuple was answered for before, or was held for longer than the message timeout. Ack or fail each held tuple once.");
    }

    public bool IsHeld(HeldTuple tuple) =>
        (uint)tuple.Slot < (uint)_used && _entries[tuple.Slot].IsHeld && _entries[tuple.Slot].Generation == tuple.Generation;

    public void Remove(HeldTuple tuple) => Free(tuple.Slot);

    /// <summary>Takes out the entries held since before a moment, or all of them.</summary>
    public void TakeOlder(long moment, Action<Entry> each)
    {
        for (var slot = 0; slot < _used && _count > 0; slot++)
        {
            if (!_entries[slot].IsHeld || _entries[slot].Since > moment) continue;
            var entry = _entries[slot];
            Free(slot);
            each(entry);
        }
    }

    private void Free(int slot)
    {
        ref var entry = ref _entries[slot];
        entry.IsHeld = false;
        entry.Further = null;
        entry.NextFree = _free;
        _free = slot;
        Volatile.Write(ref _count, _count - 1);
    }

    public struct Entry
    {
        public TupleIds Ids;
        public ulong Emitted;
        public TupleIds[]? Further;
        public long Since;
        public int Generation;
        public int NextFree;
        public bool IsHeld;
    }
}
