using System.Runtime.CompilerServices;

namespace Topology;

/// <summary>
/// The records of a <see cref="ReplayingSpout{TRecord}"/> in one growing array with a free list: nothing is allocated per record once it has grown to the
/// number pending. Those in use are chained in the order of reading, so that the one read first is known. A message id is the entry's index in the lower 32 bits and its generation in the upper.
/// </summary>
internal sealed class ReplaySlab<TRecord>
{
    private const int InitialCapacity = 64;

    private ReplayEntry<TRecord>[] _entries = [];
    private int _firstFree = -1;
    private int _newest = -1;

    /// <summary>The entry whose record was read before all others that are kept, or -1 where none is.</summary>
    internal int Oldest { get; private set; } = -1;

    /// <summary>An entry. The reference is good until the next <see cref="Add"/>.</summary>
    internal ref ReplayEntry<TRecord> this[int index] => ref _entries[index];

    internal int Add(TRecord record)
    {
        if (_firstFree < 0) Grow();
        var index = _firstFree;
        ref var entry = ref _entries[index];
        _firstFree = entry.Next;
        entry.Record = record;
        (entry.Previous, entry.Next) = (_newest, -1);
        if (_newest < 0) Oldest = index;
        else _entries[_newest].Next = index;
        _newest = index;
        return index;
    }

    internal long IdOf(int index) => ((long)_entries[index].Generation << 32) | (uint)index;

    /// <summary>Whether the message still waits for its answer.</summary>
    internal bool IsOpen(long messageId) =>
        (uint)messageId < (uint)_entries.Length && _entries[(int)messageId].Generation == (int)(messageId >> 32);

    /// <summary>Uses up a message id; the entry stays, for its next attempt.</summary>
    internal bool TryAnswer(long messageId, out int index)
    {
        index = (int)messageId;
        if (!IsOpen(messageId)) return false;
        _entries[index].Generation++;
        return true;
    }

    /// <summary>Frees an entry and forgets its record. A message id that is still open is used up.</summary>
    internal void Remove(int index)
    {
        ref var entry = ref _entries[index];
        if (entry.Previous < 0) Oldest = entry.Next;
        else _entries[entry.Previous].Next = entry.Next;
        if (entry.Next < 0) _newest = entry.Previous;
        else _entries[entry.Next].Previous = entry.Previous;
        entry = new() { Generation = entry.Generation + 1, Next = _firstFree };
        _firstFree = index;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow()
    {
        var used = _entries.Length;
        Array.Resize(ref _entries, Math.Max(InitialCapacity, used * 2));
        for (var index = _entries.Length - 1; index >= used; index--)
        {
            _entries[index].Next = _firstFree;
            _firstFree = index;
        }
    }
}
