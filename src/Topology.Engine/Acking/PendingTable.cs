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

    /// <summary>
    /// How far ahead a new incarnation starts, and how far behind the next sequence one of this incarnation may be: 20 days at 10 million trees a second, and room
    /// for 16 incarnations before sequences repeat.
    /// </summary>
    private const ulong Incarnation = 1UL << 44;

    private readonly Entry[] _entries;
    private readonly ulong[] _taken;
    private readonly ulong _mask;
    private ulong _next;

    /// <param name="maxPending">How many trees may be pending.</param>
    /// <param name="firstSequence">Where sequences start: at random, per incarnation.</param>
    public PendingTable(int maxPending, ulong firstSequence)
    {
        MaxPending = maxPending;
        _entries = new Entry[BitOperations.RoundUpToPowerOf2((uint)maxPending)];
        _taken = new ulong[(_entries.Length + 63) / 64];
        _mask = (ulong)_entries.Length - 1;
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
        if ((word & (1UL << (int)slot)) != 0)
        {
            sequence = SkipTaken(sequence);
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
        if ((word & bit) == 0 || ((_next - sequence) & RootId.SequenceMask) > Incarnation) return false;
        word &= ~bit;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TMessageId>()) entry.MessageId = default!;
        Count--;
        return true;
    }

    /// <summary>Takes back a tree that was added last and never sent.</summary>
    public void Undo(ulong sequence) => Remove(sequence, 0, out _, out _);

    /// <summary>Drops every tree and starts a new incarnation, far enough ahead that nothing of the old one is taken for its own.</summary>
    public void Restart()
    {
        Array.Clear(_taken);
        Array.Clear(_entries);
        Count = 0;
        _next = (_next + Incarnation) & RootId.SequenceMask;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong SkipTaken(ulong sequence)
    {
        // Whole words at a time: a table full of stuck trees costs one look per 64 slots.
        while (true)
        {
            var slot = sequence & _mask;
            var offset = (int)(slot & 63);
            var free = ~_taken[slot >> 6] >> offset;
            var inWord = Math.Min(64, _entries.Length) - offset;
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
