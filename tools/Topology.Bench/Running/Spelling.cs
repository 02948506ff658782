namespace Topology.Bench;

/// <summary>Finds what the user probably meant.</summary>
internal static class Spelling
{
    /// <summary>The name nearest to a word, or null where none is near enough to be what was meant.</summary>
    public static string? Nearest(string word, IEnumerable<string> names)
    {
        var (name, distance) = names.Select(name => (name, Distance(word, name))).MinBy(pair => pair.Item2);
        return distance <= Math.Max(2, word.Length / 3) ? name : null;
    }

    // Levenshtein's distance, a row at a time.
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
