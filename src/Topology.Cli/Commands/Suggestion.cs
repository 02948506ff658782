namespace Topology.Cli;

/// <summary>Guesses what was meant by a name that does not exist.</summary>
internal static class Suggestion
{
    /// <summary><c>; did you mean 'run'?</c>, or nothing where no candidate is near.</summary>
    public static string For(string name, IEnumerable<string> candidates) =>
        Nearest(name, candidates) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    /// <summary>The candidate at the smallest edit distance, if that is at most a third of the name; or the one that starts with the name.</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        if (name.Length == 0) return null;
        var near = candidates
            .Select(c => (Candidate: c, Distance: Distance(name.ToUpperInvariant(), c.ToUpperInvariant())))
            .OrderBy(c => c.Distance)
            .ThenBy(c => c.Candidate, StringComparer.Ordinal)
            .ToList();
        return near.FirstOrDefault(c => c.Distance <= Math.Max(1, name.Length / 3)).Candidate
            ?? near.FirstOrDefault(c => name.Length > 2 && c.Candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase)).Candidate;
    }

    /// <summary>How many characters to insert, delete, replace or swap with their neighbour (optimal string alignment).</summary>
    internal static int Distance(string one, string other)
    {
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= other.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = rows[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replaced, 1 + Math.Min(rows[i - 1, j], rows[i, j - 1]));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[one.Length, other.Length];
    }
}
