using System.Text;

namespace Topology.Bench;

/// <summary>
/// A fixed set of sentences, the same in every run: words of a vocabulary in which the word of rank r comes up in proportion to 1/r, as in natural text, joined
/// by single spaces.
/// </summary>
internal static class Sentences
{
    private const int VocabularySize = 5_000;

    // A power of two, so that a running number picks one with a mask. With 10 words of about 6 letters each they take half a megabyte: they stay in the cache.
    private const int SentenceCount = 4_096;

    private const int Seed = 20_250_101;

    /// <summary>The sentences.</summary>
    public static string[] All { get; } = Generate();

    /// <summary>How many words each sentence has.</summary>
    public static int[] WordCounts { get; } = [.. All.Select(sentence => sentence.Split(' ').Length)];

    /// <summary>The place in <see cref="All"/> of the sentence of a running number.</summary>
    public static int IndexOf(long number) => (int)(number & (SentenceCount - 1));

    private static string[] Generate()
    {
        var random = new Random(Seed);
        var vocabulary = new Vocabulary(VocabularySize, random);
        var sentences = new string[SentenceCount];
        var text = new StringBuilder();
        for (var i = 0; i < sentences.Length; i++)
        {
            text.Clear().Append(vocabulary.Draw(random));
            for (var word = random.Next(7, 12); word > 0; word--) text.Append(' ').Append(vocabulary.Draw(random));
            sentences[i] = text.ToString();
        }

        return sentences;
    }
}
