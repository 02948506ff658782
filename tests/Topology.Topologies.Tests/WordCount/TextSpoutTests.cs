using System.Text;
using System.Text.RegularExpressions;
using Topology.Testing;
using WordCount;

namespace Topology.Topologies.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TextSpoutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void Words_do_not_run_on_from_one_file_into_the_next()
    {
        _folder.Write("a", "one");
        _folder.Write("b", "two");
        Assert.That(Words(), Is.EqualTo(new[] { "one", "two" }));
    }

    [Test]
    public void Bytes_become_characters_one_by_one()
    {
        _folder.Write("a", [0x61, 0xC3, 0xA9, 0xFF]);
        Assert.That(Texts(), Is.EqualTo(new[] { "a\u00c3\u00a9\u00ff" }));
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

    private List<string> Words()
    {
        var words = new List<string>();
        foreach (var text in Texts())
        {
            foreach (var (start, length) in new AsciiWords(text)) words.Add(text.Substring(start, length));
        }

        return words;
    }

    private string[] Texts()
    {
        using var spout = new SpoutTester(new TextSpout(new FilesInput(_folder.Path)));
        while (!spout.IsExhausted) spout.NextTuple();
        return [.. spout.Emitted.Select(t => t[0].AsString())];
    }
}
