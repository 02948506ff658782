namespace RollingTop;

/// <summary>
/// How often each word came within a window that slides by slots: each slot counts for itself, and when the window slides the oldest one is used again for what
/// comes next. Not thread-safe.
/// </summary>
public sealed class SlidingCounts
{
    private readonly int _slots;
    private readonly Dictionary<string, WordSlots> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WordSlots>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private int _current;

    /// <param name="slots">How many slots the window has, at least 1.</param>
    public SlidingCounts(int slots)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        _slots = slots;
        _bySpan = _words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>
    /// Every word and its count within the window; also, once, those that have left it, with 0, so that whoever was told of them forgets them. Unordered.
    /// </summary>
    public IEnumerable<(string Word, long Count)> Counts => _words.Select(w => (w.Key, w.Value.Total));

    /// <summary>Counts a word once. A string is made only for a word that is not there.</summary>
    public void Add(ReadOnlySpan<char> word)
    {
        if (!_bySpan.TryGetValue(word, out var slots))
        {
            slots = new WordSlots(_slots);
            _bySpan[word] = slots;
        }

        slots.Counts[_current]++;
        slots.Total++;
    }

    /// <summary>Slides the window by one slot.</summary>
    public void Slide()
    {
        _current = (_current + 1) % _slots;
        // A dictionary allows removals while it is walked.
        foreach (var (word, slots) in _words)
        {
            if (slots.Total == 0)
            {
                _words.Remove(word);
                continue;
            }

            slots.Total -= slots.Counts[_current];
            slots.Counts[_current] = 0;
        }
    }

    private sealed class WordSlots(int slots)
    {
        public long[] Counts { get; } = new long[slots];

        public long Total { get; set; }
    }
}
