using System.Runtime.CompilerServices;

namespace Topology.Engine;

/// <summary>
/// Keyed state in memory. Each key has a slot, and slots lie in segments that never move: more keys mean more segments, never larger ones, so a reference
/// to a value stays right while others are added.
/// </summary>
/// <remarks>
/// One thread at a time. Removing a key clears its slot, so what the value held can be collected, and the next new key takes the slot; segments are kept.
/// A key that is there costs one look-up and allocates nothing.
/// </remarks>
internal sealed class MemoryKeyedState<TKey, TValue> : KeyedState<TKey, TValue>
    where TKey : notnull
{
    /// <summary>Values in one segment: 8 KiB of integers, so that growing takes no long pause and a state of few keys wastes little.</summary>
    public const int SegmentSize = 1 << SegmentBits;

    private const int SegmentBits = 10;

    private readonly Dictionary<TKey, int> _slots = [];
    private readonly Dictionary<TKey, int>.AlternateLookup<ReadOnlySpan<char>> _slotsByText;
    private readonly bool _hasTextKeys;
    private readonly ShortTextCache _shortTexts = new();
    private readonly Stack<int> _freed = new();
    private TValue[][] _segments = [];
    private int _used;

    public MemoryKeyedState() =>
        _hasTextKeys = typeof(TKey) == typeof(string) && _slots.TryGetAlternateLookup(out _slotsByText);

    public override int Count => _slots.Count;

    public override IEnumerable<KeyValuePair<TKey, TValue>> Entries
    {
        get
        {
            foreach (var (key, slot) in _slots)
                yield return new(key, ValueAt(slot));
        }
    }

    public override ref TValue For(TKey key) =>
        ref ValueAt(_slots.TryGetValue(key, out var slot) ? slot : Add(key));

    public override bool TryGet(TKey key, out TValue value)
    {
        var found = _slots.TryGetValue(key, out var slot);
        value = found ? ValueAt(slot) : default!;
        return found;
    }

    public override bool Remove(TKey key)
    {
        if (!_slots.Remove(key, out var slot)) return false;
        if (key is string text) _shortTexts.Remove(text);
        ValueAt(slot) = default!;
        _freed.Push(slot);
        return true;
    }

    /// <exception cref="NotSupportedException">The keys are not strings; the public way here admits no others.</exception>
    internal override ref TValue ForSpan(ReadOnlySpan<char> key)
    {
        if (_shortTexts.TryGet(key, out var packed, out var slot)) return ref ValueAt(slot);
        return ref ForAnyText(key, packed);
    }

    private ref TValue ForAnyText(ReadOnlySpan<char> key, ulong packed)
    {
        if (!_hasTextKeys) ThrowNoText();
        if (!_slotsByText.TryGetValue(key, out var slot)) slot = Add(key);
        _shortTexts.Put(packed, slot, _slots.Count);
        return ref ValueAt(slot);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref TValue ValueAt(int slot) => ref _segments[slot >> SegmentBits][slot & (SegmentSize - 1)];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Add(TKey key)
    {
        var slot = TakeSlot();
        _slots.Add(key, slot);
        return slot;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Add(ReadOnlySpan<char> key)
    {
        var slot = TakeSlot();
        _slotsByText[key] = slot;
        return slot;
    }

    private int TakeSlot()
    {
        if (_freed.TryPop(out var freed)) return freed;

        // Only the list of segments is ever copied.
        if (_used >> SegmentBits == _segments.Length)
            _segments = [.. _segments, new TValue[SegmentSize]];
        return _used++;
    }

    private static void ThrowNoText() =>
        throw new NotSupportedException($"The keys of this state are {typeof(TKey)}: they cannot be given as text.");
}
