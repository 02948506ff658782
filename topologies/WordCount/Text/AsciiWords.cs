namespace WordCount;

/// <summary>
/// Words as <c>LC_ALL=C tr -cs A-Za-z</c> sees them: runs of ASCII letters, as long as they go. <c>foreach</c> gives the range of each.
/// </summary>
internal ref struct AsciiWords
{
    private readonly ReadOnlySpan<char> _text;
    private int _start;
    private int _end;

    public AsciiWords(ReadOnlySpan<char> text) => _text = text;

    /// <summary>The word in hand: its start and its length.</summary>
    public readonly (int Start, int Length) Current => (_start, _end - _start);

    public readonly AsciiWords GetEnumerator() => this;

    public bool MoveNext()
    {
        var start = _end;
        while (start < _text.Length && !IsLetter(_text[start])) start++;
        _start = start;
        while (start < _text.Length && IsLetter(_text[start])) start++;
        _end = start;
        return _end > _start;
    }

    /// <summary>Whether a character is one of A to Z and a to z.</summary>
    public static bool IsLetter(char character) => (uint)((character | 0x20) - 'a') <= 'z' - 'a';

    /// <summary>The text with A to Z made small and nothing else; the same string where there are none.</summary>
    public static string ToLower(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('A', 'Z')) return text;
        return string.Create(text.Length, text, static (lowered, text) =>
        {
            for (var i = 0; i < lowered.Length; i++) lowered[i] = text[i] is >= 'A' and <= 'Z' ? (char)(text[i] | 0x20) : text[i];
        });
    }
}
