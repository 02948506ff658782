namespace Topology.Bench;

/// <summary>A word as a slice of its sentence, so that splitting does not allocate one.</summary>
internal readonly record struct Word(string Sentence, int Start, int Length)
{
    /// <summary>Its letters.</summary>
    public ReadOnlySpan<char> Letters => Sentence.AsSpan(Start, Length);

    /// <summary>Which of two counters it belongs to.</summary>
    public int Half => string.GetHashCode(Letters) & 1;

    /// <summary>The word that starts at a place, of a sentence with single spaces.</summary>
    public static Word At(string sentence, int start)
    {
        var end = sentence.IndexOf(' ', start);
        return new Word(sentence, start, (end < 0 ? sentence.Length : end) - start);
    }

    /// <summary>Where the next word starts; past the sentence's end after the last.</summary>
    public int Next => Start + Length + 1;
}
