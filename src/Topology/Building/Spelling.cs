namespace Topology;

/// <summary>Finds what was probably meant by a name that nobody knows.</summary>
internal static class Spelling
{
    /// <summary>The names that a hint lists when none is close; more would bury the message.</summary>
    private const int MostListed = 12;

    /// <summary>How a message goes on after an unknown name: <c>did you mean 'split'?</c>, or else the names that there are.</summary>
    /// <param name="given">The unknown name.</param>
    /// <param name="known">The names that are known.</param>
    /// <param name="listed">What leads the list where no name is close: <c>its streams are</c>.</param>
    public static string Hint(string given, IEnumerable<string> known, string listed)
    {
        var names = known.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (Closest(given, names) is { } closest) return $"did you mean '{closest}'?";
        if (names.Length == 0) return $"{listed} none.";
        var more = names.Length > MostListed ? $" and {names.Length - MostListed} more" : "";
        return $"{listed} {string.Join(", ", names.Take(MostListed))}{more}.";
    }

    /// <summary>The closest name, at most a third of its length away; null where there is none, the first by ordinal where several are.</summary>
    public static string? Closest(string given, IEnumerable<string> known)
    {
        string? closest = null;
        var least = int.MaxValue;
        foreach (var name in known.Order(StringComparer.Ordinal))
        {
            var distance = Distance(given.ToUpperInvariant(), name.ToUpperInvariant());
            if (distance >= least || distance > Math.Max(1, Math.Max(given.Length, name.Length) / 3)) continue;
            // A single character is within one edit of every other.
            if (distance == Math.Max(given.Length, name.Length)) continue;
            (closest, least) = (name, distance);
        }

        return closest;
    }

    /// <summary>How many inserted, removed, replaced or swapped neighbouring characters lie between two texts (optimal string alignment).</summary>
    public static int Distance(string left, string right)
    {
        var beforeLast = new int[right.Length + 1];
        var last = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++) last[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[right.Length];
    }
}
