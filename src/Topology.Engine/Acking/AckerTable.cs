using System.Numerics;
using System.Runtime.CompilerServices;

namespace Topology.Engine;

/// <summary>
/// An acker's entries for one spout task, 16 bytes each, indexed by the sequence modulo the size of the table. The spout has at most as
/// many trees pending as there are slots and skips a sequence whose slot is taken, so no two open trees meet in one.
/// </summary>
/// <remarks>
/// <para>
/// Messages come in any order. A sequence above the highest initialised one is early: its entry waits for the init. One at or below it that is not
/// in its slot is closed, completed or failed: its messages are counted and dropped, so late acks never take room. So are those that are too far ahead: they are about trees
/// of a spout that died with its worker, whose successor begins elsewhere.
/// </para>
/// <para>
/// An entry is stamped with the time in steps of a twentieth of the timeout T, in 8 bits; it is overdue when 21 steps have begun since, which is later than
/// T and, with a sweep at each step, no later than 1.1 T.
/// </para>
/// </remarks>
internal sealed class AckerTable
{
    public const int StepsPerTimeout = 20;

    private const ulong Used = 1UL << 48;
    private const ulong Initialised = 1UL << 49;
    private const ulong Failed = 1UL << 50;
    private const int StampShift = 56;
    private const ulong StampMask = 0xFFUL << StampShift;

    /// <summary>A spout that finds most slots taken uses up many sequences for a tree: 4,096 rounds of the table are far more than it does before the acker reads of the first of them.</summary>
    private const int RoundsAhead = 4096;

    private readonly Entry[] _entries;
    private readonly ulong _mask;
    private readonly ulong _farthest;
    private ulong _highest;
    private int _sweepPosition;

    /// <param name="maxPending">How many trees the spout task may have pending.</param>
    /// <param name="firstSequence">The first sequence that the spout will use.</param>
    public AckerTable(int maxPending, ulong firstSequence)
    {
        _entries = new Entry[BitOperations.RoundUpToPowerOf2((uint)maxPending)];
        _mask = (ulong)_entries.Length - 1;
        _farthest = Math.Min((ulong)_entries.Length * RoundsAhead, RootId.Incarnation / 2);
        _highest = (firstSequence - 1) & RootId.SequenceMask;
    }

    /// <summary>How many messages came for trees that were closed.</summary>
    public long Late { get; private set; }

    /// <summary>Whether a tree has begun and not ended.</summary>
    public bool IsOpen(ulong sequence) => (_entries[sequence & _mask].State & (RootId.SequenceMask | Used | Initialised)) == (sequence | Used | Initialised);

    /// <summary>How many slots are in use; walks the table, for tests and shutdown.</summary>
    public int Open => _entries.Count(e => (e.State & Used) != 0);

    /// <summary>A new tree. True when it is complete with this; <paramref name="failed"/> when it failed before, with its code in <paramref name="code"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Init(ulong sequence, ulong value, byte stamp, out bool failed, out ulong code)
    {
        failed = false;
        code = 0;
        _highest = sequence;
        ref var entry = ref _entries[sequence & _mask];
        if ((entry.State & (RootId.SequenceMask | Used)) != (sequence | Used))
        {
            if (IsTakenByLater(entry, sequence)) return Refuse(out failed, out code);
            entry.Value = value;
            entry.State = sequence | Used | Initialised | ((ulong)stamp << StampShift);
            if (value != 0) return false;
            entry.State = 0;
            return true;
        }

        return InitEarly(ref entry, value, stamp, out failed, out code);
    }

    /// <summary>Edges acked or made. True when the tree is complete with this.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Ack(ulong sequence, ulong value)
    {
        ref var entry = ref _entries[sequence & _mask];
        if ((entry.State & (RootId.SequenceMask | Used | Initialised | Failed)) == (sequence | Used | Initialised))
        {
            if ((entry.Value ^= value) != 0) return false;
            entry.State = 0;
            return true;
        }

        AckOther(ref entry, sequence, value);
        return false;
    }

    /// <summary>The tree failed. True when it is closed with this; false when its init has yet to come or it was closed before.</summary>
    public bool Fail(ulong sequence, ulong code)
    {
        ref var entry = ref _entries[sequence & _mask];
        if ((entry.State & (RootId.SequenceMask | Used)) == (sequence | Used))
        {
            if ((entry.State & Initialised) != 0)
            {
                entry.State = 0;
                return true;
            }

            if ((entry.State & Failed) == 0) MarkFailed(ref entry, sequence, code);
            return false;
        }

        if (IsEarly(sequence) && !IsTakenByLater(entry, sequence)) MarkFailed(ref entry, sequence, code);
        else Late++;
        return false;
    }

    /// <summary>Gives an open tree another full timeout.</summary>
    public void Reset(ulong sequence, byte stamp)
    {
        ref var entry = ref _entries[sequence & _mask];
        if ((entry.State & (RootId.SequenceMask | Used)) == (sequence | Used))
            entry.State = (entry.State & ~StampMask) | ((ulong)stamp << StampShift);
        else
            Late++;
    }

    /// <summary>Forgets every tree up to a sequence. What came early for later ones stays: bolts may have had those before this was read.</summary>
    public void Clear(ulong lastSequence)
    {
        foreach (ref var entry in _entries.AsSpan())
            if (!RootId.IsAfter(entry.State & RootId.SequenceMask, lastSequence)) entry.State = 0;
        _highest = lastSequence;
    }

    /// <summary>Looks at the next slots for overdue trees, closes them and adds their sequences. True when the sweep has reached the end of the table.</summary>
    public bool Sweep(byte now, int slots, List<ulong> overdue)
    {
        var end = Math.Min(_sweepPosition + slots, _entries.Length);
        for (; _sweepPosition < end; _sweepPosition++)
        {
            ref var entry = ref _entries[_sweepPosition];
            if ((entry.State & (Used | Initialised)) != (Used | Initialised)) continue;
            if ((byte)(now - (byte)(entry.State >> StampShift)) <= StepsPerTimeout) continue;
            overdue.Add(entry.State & RootId.SequenceMask);
            entry.State = 0;
        }

        if (_sweepPosition < _entries.Length) return false;
        _sweepPosition = 0;
        return true;
    }

    private static bool InitEarly(ref Entry entry, ulong value, byte stamp, out bool failed, out ulong code)
    {
        failed = (entry.State & Failed) != 0;
        code = entry.Value;
        if (failed)
        {
            entry.State = 0;
            return false;
        }

        if ((entry.Value ^= value) == 0)
        {
            entry.State = 0;
            return true;
        }

        entry.State = (entry.State & ~StampMask) | Initialised | ((ulong)stamp << StampShift);
        return false;
    }

    /// <summary>Whether messages of a tree may come before its init: the acker may not have read that its spout has dropped its trees since, several times even.</summary>
    private bool IsEarly(ulong sequence) => RootId.IsAfter(sequence, _highest) && ((sequence - _highest) & (RootId.Incarnation - 1)) <= _farthest;

    /// <summary>
    /// Whether a slot holds what came early for a later tree. Around a restart of the spout this one was dropped, and nobody waits for it; else what came is about
    /// a tree of a worker that is lost, and takes the slot from one that somebody does wait for. So it fails.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsTakenByLater(in Entry entry, ulong sequence) =>
        (entry.State & Used) != 0 && RootId.IsAfter(entry.State & RootId.SequenceMask, sequence);

    private static bool Refuse(out bool failed, out ulong code)
    {
        failed = true;
        code = FailCode.Of(FailKind.WorkerLost, 0, 0);
        return false;
    }

    private static void MarkFailed(ref Entry entry, ulong sequence, ulong code)
    {
        entry.Value = code;
        entry.State = sequence | Used | Failed;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AckOther(ref Entry entry, ulong sequence, ulong value)
    {
        if ((entry.State & (RootId.SequenceMask | Used)) == (sequence | Used))
        {
            // Failed before its init came: the value holds the reason, and edges no longer matter.
            if ((entry.State & Failed) == 0) entry.Value ^= value;
        }
        else if (IsEarly(sequence) && !IsTakenByLater(entry, sequence))
        {
            entry.Value = value;
            entry.State = sequence | Used;
        }
        else
        {
            Late++;
        }
    }

    private struct Entry
    {
        public ulong Value;
        public ulong State;
    }
}
