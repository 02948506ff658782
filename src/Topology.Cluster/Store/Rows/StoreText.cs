using System.Text;

namespace Topology.Cluster;

/// <summary>Text from others, made fit to keep: bounded, and the same when read back.</summary>
internal static class StoreText
{
    /// <summary>Checks an id or a name.</summary>
    /// <exception cref="ArgumentException">It is empty, too long, or holds control characters or half a surrogate pair.</exception>
    public static void RequireId(string? id, string what, int most = StoreLimits.IdLength)
    {
        if (string.IsNullOrEmpty(id)) throw new ArgumentException($"A {what} must not be empty.");
        if (id.Length > most) throw new ArgumentException($"A {what} has at most {most} characters; this one has {id.Length}.");
        if (id.Any(char.IsControl) || !IsWellFormed(id)) throw new ArgumentException($"A {what} must not hold control characters or half a surrogate pair.");
    }

    /// <summary>Checks text that must come back as it is.</summary>
    /// <exception cref="ArgumentException">It holds NUL or half a surrogate pair.</exception>
    public static void RequireKept(string? text, string what)
    {
        if (text is not null && (text.Contains('\0', StringComparison.Ordinal) || !IsWellFormed(text))) throw new ArgumentException($"A {what} must not hold NUL or half a surrogate pair.");
    }

    /// <summary>Text for people: cut at a length, with U+FFFD for what cannot be kept.</summary>
    public static string Cut(string text, int length)
    {
        var cut = text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
        if (!cut.Contains('\0', StringComparison.Ordinal) && IsWellFormed(cut)) return cut;
        var kept = new StringBuilder(cut.Length);
        // Enumerating runes gives U+FFFD for half a pair.
        foreach (var rune in cut.EnumerateRunes()) kept.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        return kept.ToString();
    }

    private static bool IsWellFormed(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at])) continue;
            if (!char.IsSurrogatePair(text, at)) return false;
            at++;
        }

        return true;
    }
}
