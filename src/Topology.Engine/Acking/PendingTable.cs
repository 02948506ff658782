using System.Numerics;
using System.Runtime.CompilerServices;

namespace Topology.Engine;

/// <summary>
/// A spout task's pending trees: the message id and the time of emit by sequence modulo the size of the table, and a bit per slot that says
/// whether it is taken. With a message id of 8 bytes an entry takes 16 bytes.
/// </summary>
internal sealed class PendingTable<TMessageId>
{
    /// <summary>Times are kept in steps of 8.192 µs, so that 32 bits reach over 9 hours; a tree pending for longer only shows a wrong latency.</summary>
    private const int TimeShift = 13;

    /// <summary>How many sequences a tree may use up, where few slots of a large table are in use.</summary>
    private const int LargestSkip = 64;

    private readonly Entry[] _entries;
    private readonly ulong[] _taken;
    private readonly ulong _mask;
    private ulong _next;

    // Only the first so many slots are used, so that a spout with few trees pending touches little memory; it grows as they fill.
    private ulong _active;

    /// <param name="maxPending">How many trees may be pending.</param>
    /// <param name="firstSequence">Where sequences start: at random, per incarnation.</param>
    public PendingTable(int maxPending, ulong firstSequence)
    {
        MaxPending = maxPending;
        _entries = new Entry[BitOperations.RoundUpToPowerOf2((uint)maxPending)];
        _taken = new ulong[(_entries.Length + 63) / 64];
        _mask = (ulong)_entries.Length - 1;
        _active = Math.Min((ulong)_entries.Length, Math.Max(256, (ulong)_entries.Length / LargestSkip));
        _next = firstSequence & RootId.SequenceMask;
    }

    public int MaxPending { get; }

    public int Count { get; private set; }

    /// <summary>The last sequence that was given out.</summary>
    public ulong Last => (_next - 1) & RootId.SequenceMask;

    /// <summary>Takes the next sequence whose slot is free. The caller has checked that fewer than <see cref="MaxPending"/> are pending.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Add(TMessageId messageId, long nowNanoseconds)
    {
        var sequence = _next;
        var slot = sequence & _mask;
        ref var word = ref _taken[slot >> 6];
        if (slot >= _active || (word & (1UL << (int)slot)) != 0)
        {
            sequence = NextFree(sequence);
            slot = sequence & _mask;
            word = ref _taken[slot >> 6];
        }

        word |= 1UL << (int)slot;
        ref var entry = ref _entries[slot];
        entry.MessageId = messageId;
        entry.EmittedAt = (uint)(nowNanoseconds >> TimeShift);
        _next = (sequence + 1) & RootId.SequenceMask;
        Count++;
        return sequence;
    }

    /// <summary>Removes a tree that its acker has closed. False for one of an earlier incarnation, which is not here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Remove(ulong sequence, long nowNanoseconds, out TMessageId messageId, out long latencyNanoseconds)
    {
        var slot = sequence & _mask;
        ref var word = ref _taken[slot >> 6];
        var bit = 1UL << (int)slot;
        ref var entry = ref _entries[slot];
        messageId = entry.MessageId;
        latencyNanoseconds = (long)((uint)(nowNanoseconds >> TimeShift) - entry.EmittedAt) << TimeShift;
        if ((word & bit) == 0 || ((_next - sequence) & RootId.SequenceMask) > RootId.Incarnation) return false;
        word &= ~bit;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TMessageId>()) entry.MessageId = default!;
        Count--;
        return true;
    }

    /// <summary>
    /// Removes as many as it can at once of trees that follow one another and that their acker has closed; their entries stay readable until new ones are added.
    /// Returns how many: those of one word of bits; 0 where the first one is not here.
    /// </summary>
    public int TakeRun(ulong sequence, int count, out int first)
    {
        first = (int)(sequence & _mask);
        if (((_next - sequence) & RootId.SequenceMask) > RootId.Incarnation) return 0;
        ref var word = ref _taken[first >> 6];
        var offset = first & 63;
        var taken = Math.Min(Math.Min(count, 64 - offset), _entries.Length - first);
        var bits = (taken == 64 ? ulong.MaxValue : (1UL << taken) - 1) << offset;
        if ((word & bits) != bits)
        {
            // Some are of an earlier incarnation: as many as are here in a row.
            taken = BitOperations.TrailingZeroCount(~(word >> offset));
            bits = ((1UL << taken) - 1) << offset;
        }

        word &= ~bits;
        Count -= taken;
        return taken;
    }

    /// <summary>The message id of a tree that was taken, which the table then no longer keeps alive.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TMessageId Forget(int slot)
    {
        ref var entry = ref _entries[slot];
        var messageId = entry.MessageId;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TMessageId>()) entry.MessageId = default!;
        return messageId;
    }

    /// <summary>How long a tree that was taken was pending, in nanoseconds, and how many from it on, at most <paramref name="count"/>, were emitted at the same moment.</summary>
    public long LatencyOf(int slot, long nowNanoseconds, int count, out int equal)
    {
        var emittedAt = _entries[slot].EmittedAt;
        equal = 1;
        while (equal < count && _entries[slot + equal].EmittedAt == emittedAt) equal++;
        return (long)((uint)(nowNanoseconds >> TimeShift) - emittedAt) << TimeShift;
    }

    /// <summary>The message id of a tree that is pending.</summary>
    public TMessageId MessageIdOf(ulong sequence) => _entries[sequence & _mask].MessageId;

    /// <summary>Takes back a tree that was added last and never sent.</summary>
    public void Undo(ulong sequence) => Remove(sequence, 0, out _, out _);

    /// <summary>The message ids of all pending trees, mostly in the order in which they were added; to be followed by <see cref="Restart"/>.</summary>
    public TMessageId[] TakeAll()
    {
        var messageIds = new TMessageId[Count];
        var taken = 0;
        // Where the next one would go the oldest is, once the table has been filled.
        for (ulong i = 0; i < (ulong)_entries.Length && taken < messageIds.Length; i++)
        {
            var slot = (_next + i) & _mask;
            if ((_taken[slot >> 6] & (1UL << (int)slot)) != 0) messageIds[taken++] = _entries[slot].MessageId;
        }

        return messageIds;
    }

    /// <summary>Drops every tree and starts a new incarnation, far enough ahead that nothing of the old one is taken for its own.</summary>
    public void Restart()
    {
        Array.Clear(_taken);
        Array.Clear(_entries);
        Count = 0;
        _next = (_next + RootId.Incarnation) & RootId.SequenceMask;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong NextFree(ulong sequence)
    {
        if (2 * (ulong)Count >= _active) _active = Math.Min(2 * _active, (ulong)_entries.Length);
        // Whole words at a time: a table full of stuck trees costs one look per 64 slots.
        while (true)
        {
            var slot = sequence & _mask;
            if (slot >= _active)
            {
                // On to the first slot of the next round.
                sequence = ((sequence | _mask) + 1) & RootId.SequenceMask;
                continue;
            }

            var offset = (int)(slot & 63);
            var free = ~_taken[slot >> 6] >> offset;
            var inWord = Math.Min(64, (int)Math.Min(64, _active)) - offset;
            var step = free == 0 ? 64 : BitOperations.TrailingZeroCount(free);
            if (step < inWord) return (sequence + (ulong)step) & RootId.SequenceMask;
            sequence = (sequence + (ulong)inWord) & RootId.SequenceMask;
        }
    }

    private struct Entry
    {
        public TMessageId MessageId;
        public uint EmittedAt;
    }
}
