using System.Text;
using FsCheck;
using FsCheck.Fluent;
using WordCount;

namespace Topology.Topologies.Tests;

public sealed class TextBlockTests
{
    private const int Block = 8;

    [Test]
    public void Whole_lines_go_together_as_far_as_they_fit() =>
        Assert.That(Blocks("a b\nc d\ne f\ng"), Is.EqualTo(new[] { "a b\nc d\n", "e f\ng" }));

    [Test]
    public void A_line_that_is_too_long_is_cut_after_a_character_that_is_no_letter() =>
        Assert.That(Blocks("abc def ghi\n"), Is.EqualTo(new[] { "abc def ", "ghi\n" }));

    [Test]
    public void A_word_that_is_too_long_stays_whole() =>
        Assert.That(Blocks("x abcdefghijklmnop y"), Is.EqualTo(new[] { "x ", "abcdefghijklmnop", " y" }));

    [Test]
    public void A_word_whose_end_is_not_in_sight_asks_for_more() =>
        Assert.That(TextBlock.LengthOf("abcdefghijklmnop"u8, isEnd: false, Block), Is.Zero);

    [Test]
    public void Blocks_make_up_the_text_hold_its_words_and_keep_their_size()
    {
        var texts = Gen.ArrayOf(Gen.Frequency((6, Gen.Elements('a', 'B')), (2, Gen.Elements(' ', '.')), (1, Gen.Constant('\n')))).Select(c => new string(c));
        var cases = Gen.Zip(texts, Gen.Choose(1, 7)).Select(c => (Text: c.Item1, Chunk: c.Item2)).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1_000), Prop.ForAll(cases, test =>
        {
            var blocks = Blocks(test.Text, test.Chunk);
            return string.Concat(blocks) == test.Text
                && blocks.SelectMany(Words).SequenceEqual(Words(test.Text))
                && blocks.All(b => b.Length is > 0 and <= Block || b.All(char.IsAsciiLetter));
        }));
    }

    /// <summary>Cuts a text of which a few more characters are seen each time that more are asked for.</summary>
    private static List<string> Blocks(string text, int chunk = 3)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        var blocks = new List<string>();
        for (var (start, seen) = (0, 0); start < bytes.Length;)
        {
            var length = seen > start ? TextBlock.LengthOf(bytes.AsSpan(start, seen - start), seen == bytes.Length, Block) : 0;
            if (length > 0) blocks.Add(text.Substring(start, length));
            else Assert.That(seen, Is.LessThan(bytes.Length), "nothing was cut at the end");
            start += length;
            if (length == 0) seen = Math.Min(bytes.Length, seen + chunk);
        }

        return blocks;
    }

    private static string[] Words(string text) => text.Split([' ', '.', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
