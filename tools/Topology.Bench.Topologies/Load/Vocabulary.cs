namespace Topology.Bench;

/// <summary>Made-up words by rank, drawn in proportion to 1/rank (Zipf's law with exponent 1).</summary>
internal sealed class Vocabulary
{
    private readonly string[] _words;
    private readonly double[] _cumulated;

    /// <param name="size">How many words.</param>
    /// <param name="random">Where the words' letters come from.</param>
    public Vocabulary(int size, Random random)
    {
        var words = new HashSet<string>();
        while (words.Count < size) words.Add(NewWord(words.Count, random));
        _words = [.. words];

        _cumulated = new double[size];
        var sum = 0.0;
        for (var rank = 1; rank <= size; rank++) _cumulated[rank - 1] = sum += 1.0 / rank;
    }

    /// <summary>A word by chance.</summary>
    public string Draw(Random random)
    {
        var place = Array.BinarySearch(_cumulated, random.NextDouble() * _cumulated[^1]);
        return _words[place >= 0 ? place : ~place];
    }

    // Frequent words are short, as in natural text.
    private static string NewWord(int rank, Random random) =>
        string.Create(random.Next(2, 5) + Math.Min(rank / 200, 5), random, static (letters, random) =>
        {
            foreach (ref var letter in letters) letter = (char)('a' + random.Next(26));
        });
}
