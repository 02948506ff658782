namespace RollingTop;

/// <summary>The count last heard of each word. Not thread-safe.</summary>
public sealed class LatestCounts
{
    private static readonly Comparer<(string Word, long Count)> Worst = Comparer<(string Word, long Count)>.Create((left, right) =>
    {
        var byCount = left.Count.CompareTo(right.Count);
        return byCount != 0 ? byCount : string.CompareOrdinal(right.Word, left.Word);
    });

    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>How many words there are.</summary>
    public int Count => _counts.Count;

    /// <summary>Sets the count of a word; 0 forgets it.</summary>
    public void Set(string word, long count)
    {
        if (count > 0) _counts[word] = count;
        else _counts.Remove(word);
    }

    /// <summary>The words with the largest counts, the largest first; equal ones by word, by ordinal.</summary>
    /// <param name="top">How many at most.</param>
    public IReadOnlyList<(string Word, long Count)> Top(int top)
    {
        // The root of the heap is the lowest of the best so far: what does not beat it is not looked at further.
        var best = new PriorityQueue<string, (string Word, long Count)>(top + 1, Worst);
        foreach (var (word, count) in _counts)
        {
            if (best.Count < top) best.Enqueue(word, (word, count));
            else best.EnqueueDequeue(word, (word, count));
        }

        var ranking = new (string Word, long Count)[best.Count];
        for (var i = ranking.Length - 1; i >= 0; i--)
        {
            best.TryDequeue(out _, out var entry);
            ranking[i] = entry;
        }

        return ranking;
    }
}
