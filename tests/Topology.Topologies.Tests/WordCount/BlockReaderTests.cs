using System.Text;
using FsCheck;
using FsCheck.Fluent;
using WordCount;

namespace Topology.Topologies.Tests;

public sealed class BlockReaderTests
{
    private const int Block = 8;

    [Test]
    public void Whole_lines_go_together_as_far_as_they_fit() =>
        Assert.That(Read("a b\nc d\ne f\ng"), Is.EqualTo(new[] { "a b\nc d\n", "e f\ng" }));

    [Test]
    public void A_line_that_is_too_long_is_cut_after_a_character_that_is_no_letter() =>
        Assert.That(Read("abc def ghi\n"), Is.EqualTo(new[] { "abc def ", "ghi\n" }));

    [Test]
    public void A_word_that_is_too_long_stays_whole() =>
        Assert.That(Read("x abcdefghijklmnop y"), Is.EqualTo(new[] { "x ", "abcdefghijklmnop", " y" }));

    [Test]
    public void A_word_longer_than_the_buffer_stays_whole()
    {
        var word = new string('w', 200_000);
        Assert.That(Read($"a {word} b {word}", maxWord: 300_000), Is.EqualTo(new[] { "a ", word, " b ", word }));
    }

    [Test]
    public void Only_a_word_beyond_the_limit_is_cut_and_that_is_told()
    {
        var reader = new BlockReader(Block, maxWordBytes: 12);
        reader.Open(Stream(new string('w', 30)));
        var cuts = new List<(int, bool)>();
        while (reader.TryRead(out var block, out var isCut)) cuts.Add((block.Length, isCut));
        Assert.That(cuts, Is.EqualTo(new[] { (12, true), (12, true), (6, false) }));
    }

    [Test]
    public void A_word_of_just_the_limit_is_not_cut() =>
        Assert.That(Read(new string('w', 12) + " x", maxWord: 12), Is.EqualTo(new[] { new string('w', 12), " x" }));

    [Test]
    public void Bytes_become_characters_one_by_one()
    {
        var reader = new BlockReader(Block, 64);
        reader.Open(new MemoryStream([0x61, 0xC3, 0xA9, 0xFF]));
        Assert.That(reader.TryRead(out var block, out _));
        Assert.That(block, Is.EqualTo("a\u00c3\u00a9\u00ff"));
    }

    [Test]
    public void An_empty_stream_has_no_block() => Assert.That(Read(""), Is.Empty);

    [Test]
    public void A_reader_takes_one_stream_after_another()
    {
        var reader = new BlockReader(Block, 64);
        foreach (var text in new[] { "one", "two" })
        {
            reader.Open(Stream(text));
            Assert.That(reader.TryRead(out var block, out _));
            Assert.That(block, Is.EqualTo(text));
            Assert.That(reader.TryRead(out _, out _), Is.False);
        }
    }

    [TestCase(0, true)]
    [TestCase(8191, true)]
    [TestCase(8192, false)]
    public void A_zero_byte_in_the_first_8_KiB_makes_a_file_binary(int place, bool isBinary)
    {
        var bytes = Enumerable.Repeat((byte)'a', 10_000).ToArray();
        bytes[place] = 0;
        var reader = new BlockReader(Block, 64);
        reader.Open(new MemoryStream(bytes));
        Assert.That(reader.IsBinary(), Is.EqualTo(isBinary));
    }

    [Test]
    public void The_look_for_zero_bytes_takes_nothing_away()
    {
        var reader = new BlockReader(Block, 64);
        reader.Open(Stream("one"));
        Assert.That(reader.IsBinary(), Is.False);
        Assert.That(reader.TryRead(out var block, out _));
        Assert.That(block, Is.EqualTo("one"));
    }

    [Test]
    public void Blocks_make_up_the_text_hold_its_words_and_keep_their_size()
    {
        var texts = Gen.ArrayOf(Gen.Frequency((6, Gen.Elements('a', 'B')), (2, Gen.Elements(' ', '.')), (1, Gen.Constant('\n')))).Select(c => new string(c));
        var cases = Gen.Zip(texts, Gen.Choose(1, 7)).Select(c => (Text: c.Item1, Chunk: c.Item2)).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1_000), Prop.ForAll(cases, test =>
        {
            var reader = new BlockReader(Block, 1_000);
            reader.Open(new ChunkedStream(test.Text, test.Chunk));
            var blocks = Blocks(reader);
            return string.Concat(blocks) == test.Text
                && blocks.SelectMany(Words).SequenceEqual(Words(test.Text))
                && blocks.All(b => b.Length is > 0 and <= Block || b.All(char.IsAsciiLetter));
        }));
    }

    private static List<string> Read(string text, int maxWord = 64)
    {
        var reader = new BlockReader(Block, maxWord);
        reader.Open(Stream(text));
        return Blocks(reader);
    }

    private static List<string> Blocks(BlockReader reader)
    {
        var blocks = new List<string>();
        while (reader.TryRead(out var block, out _)) blocks.Add(block);
        return blocks;
    }

    private static string[] Words(string text) =>
        text.Split([' ', '.', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static MemoryStream Stream(string text) => new(Encoding.Latin1.GetBytes(text));

    /// <summary>Gives a few bytes with each read, as a pipe may.</summary>
    private sealed class ChunkedStream(string text, int chunk) : MemoryStream(Encoding.Latin1.GetBytes(text))
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, chunk));
    }
}
