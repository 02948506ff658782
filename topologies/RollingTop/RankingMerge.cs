namespace RollingTop;

/// <summary>
/// Puts the rankings of several tasks, which share no word, together. A ranking comes position by position and counts once its last position is there, so what is
/// read is never half of one and half of the next. Not thread-safe.
/// </summary>
/// <param name="top">How many positions each ranking has.</param>
public sealed class RankingMerge(int top)
{
    private readonly Dictionary<int, (string? Word, long Count)[]> _complete = [];
    private readonly Dictionary<int, (string? Word, long Count)[]> _arriving = [];

    /// <summary>Takes one position of one task's ranking.</summary>
    /// <param name="task">Whose ranking it is.</param>
    /// <param name="position">From 0 to one less than the number of positions, in order.</param>
    /// <param name="word">The word there, or null for none.</param>
    /// <param name="count">Its count.</param>
    public void Add(int task, int position, string? word, long count)
    {
        if (!_arriving.TryGetValue(task, out var ranking)) _arriving[task] = ranking = new (string?, long)[top];
        ranking[position] = (word, count);
        if (position < top - 1) return;
        _arriving.Remove(task);
        _complete[task] = ranking;
    }

    /// <summary>The largest of all, the largest first; equal ones by word, by ordinal.</summary>
    public IReadOnlyList<(string Word, long Count)> Top()
    {
        var counts = new LatestCounts();
        foreach (var (word, count) in _complete.Values.SelectMany(r => r))
        {
            if (word is not null) counts.Set(word, count);
        }

        return counts.Top(top);
    }
}
