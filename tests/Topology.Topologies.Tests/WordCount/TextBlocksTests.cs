using System.Runtime.Versioning;
using System.Text;
using System.Text.RegularExpressions;
using WordCount;

namespace Topology.Topologies.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TextBlocksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingLogger _log = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void Every_file_is_read_to_its_end_and_then_there_is_no_more()
    {
        _folder.Write("b", "two\n");
        _folder.Write("a", "one");
        using var blocks = Open();
        Assert.That(blocks.IsAtEnd, Is.False);
        Assert.That(Read(blocks), Is.EqualTo(new[] { "one", "two\n" }));
        Assert.That(blocks.IsAtEnd);
        Assert.That(blocks.TryRead(out _), Is.False);
        Assert.That(_log.Lines, Is.Empty);
    }

    [Test]
    public void Words_do_not_run_on_from_one_file_into_the_next()
    {
        _folder.Write("a", "one");
        _folder.Write("b", "two");
        Assert.That(Words(), Is.EqualTo(new[] { "one", "two" }));
    }

    [Test]
    public void Files_are_dealt_out_to_the_readers()
    {
        foreach (var name in new[] { "a", "b", "c", "d", "e" }) _folder.Write(name, name);
        using var first = Open(0, 2);
        using var second = Open(1, 2);
        Assert.That(Read(first), Is.EqualTo(new[] { "a", "c", "e" }));
        Assert.That(Read(second), Is.EqualTo(new[] { "b", "d" }));
    }

    [Test]
    public void A_binary_file_is_skipped_with_a_warning()
    {
        _folder.Write("a", "one");
        _folder.Write("b", "two\0");
        _folder.Write("c", "three");
        Assert.That(Words(), Is.EqualTo(new[] { "one", "three" }));
        Assert.That(_log.Lines.Single(), Does.StartWith("Warning:").And.Contains(_folder.PathOf("b")).And.Contains("zero byte"));
    }

    [Test]
    public void A_file_that_is_gone_is_skipped_with_a_warning()
    {
        _folder.Write("a", "one");
        _folder.Write("b", "two");
        using var blocks = Open();
        File.Delete(_folder.PathOf("a"));
        Assert.That(Read(blocks), Is.EqualTo(new[] { "two" }));
        Assert.That(_log.Lines.Single(), Does.StartWith("Warning:").And.Contains(_folder.PathOf("a")));
    }

    [Test]
    [SupportedOSPlatform("linux")]
    public void A_file_that_fails_while_it_is_read_is_skipped_with_a_warning()
    {
        // The kernel refuses to read a process's memory at address 0, whoever asks.
        using var blocks = new TextBlocks(new TextInput("/proc/self/mem", "*", 100), 0, 1, _log);
        Assert.That(Read(blocks), Is.Empty);
        Assert.That(_log.Lines.Single(), Does.StartWith("Warning: /proc/self/mem is skipped because it cannot be read"));
    }

    [Test]
    public void A_folder_without_a_match_is_told_of()
    {
        Assert.That(Words(), Is.Empty);
        Assert.That(_log.Lines.Single(), Does.StartWith("Warning: No file in").And.Contains("'*'"));
    }

    [Test]
    public void The_words_of_large_files_are_those_of_their_bytes()
    {
        var random = new Random(3);
        var alphabet = Encoding.Latin1.GetBytes("aaaaaaaaaaeeeeeeeeeeZZZZ  \n.-\u00e9");
        var words = new List<string>();
        for (var file = 0; file < 5; file++)
        {
            var bytes = new byte[random.Next(1, 100_000)];
            for (var i = 0; i < bytes.Length; i++) bytes[i] = alphabet[random.Next(alphabet.Length)];
            _folder.Write($"{file}", bytes);
            words.AddRange(Regex.Matches(Encoding.Latin1.GetString(bytes), "[A-Za-z]+").Select(m => m.Value));
        }

        Assert.That(Words(), Is.EqualTo(words));
    }

    [Test]
    public void A_word_of_more_than_64_KiB_counts_once()
    {
        var word = new string('w', 100_000);
        _folder.Write("a", $"{word} {word}");
        Assert.That(Words(), Is.EqualTo(new[] { word, word }));
    }

    [Test]
    public void A_word_that_fits_into_no_tuple_is_cut_with_a_warning()
    {
        var file = _folder.Write("a", new string('w', 25));
        using var blocks = new TextBlocks(new TextInput(file, "*", 10), 0, 1, _log);
        Assert.That(Read(blocks).Select(b => b.Length), Is.EqualTo(new[] { 10, 10, 5 }));
        Assert.That(_log.Lines, Has.Count.EqualTo(2));
        Assert.That(_log.Lines[0], Does.StartWith("Warning:").And.Contains("10 letters"));
    }

    private List<string> Words()
    {
        using var blocks = Open();
        var words = new List<string>();
        foreach (var block in Read(blocks))
        {
            foreach (var (start, length) in new AsciiWords(block)) words.Add(block.Substring(start, length));
        }

        return words;
    }

    private TextBlocks Open(int reader = 0, int readers = 1) => new(new TextInput(_folder.Path, "*", 1_000_000), reader, readers, _log);

    private static List<string> Read(TextBlocks blocks)
    {
        var read = new List<string>();
        while (blocks.TryRead(out var block)) read.Add(block);
        return read;
    }
}
