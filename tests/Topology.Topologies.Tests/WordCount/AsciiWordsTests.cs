using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using WordCount;

namespace Topology.Topologies.Tests;

public sealed class AsciiWordsTests
{
    [TestCase("", new string[0])]
    [TestCase(" \t\n.,;", new string[0])]
    [TestCase("one", new[] { "one" })]
    [TestCase("Don't stop", new[] { "Don", "t", "stop" })]
    [TestCase("x86_64 and IPv6", new[] { "x", "and", "IPv" })]
    [TestCase("[@`{AZaz", new[] { "AZaz" })]
    [TestCase("na\u00efve caf\u00e9", new[] { "na", "ve", "caf" })]
    [TestCase("\u212Aelvin", new[] { "elvin" })]
    public void A_word_is_a_run_of_ascii_letters(string text, string[] words) => Assert.That(Split(text), Is.EqualTo(words));

    [Test]
    public void Any_text_is_split_as_the_pattern_says()
    {
        var letters = Gen.Elements([.. "aAzZ mM.-_@[`{19\n\u00e9\u0131"]);
        var texts = Gen.ArrayOf(letters).Select(c => new string(c)).ToArbitrary();
        Prop.ForAll(texts, text => Split(text).SequenceEqual(Regex.Matches(text, "[A-Za-z]+").Select(m => m.Value))).QuickCheckThrowOnFailure();
    }

    [TestCase("Caf\u00c9 AND Z@[`{", "caf\u00c9 and z@[`{")]
    [TestCase("\u212AELVIN \u0130", "\u212Aelvin \u0130")]
    public void Only_ascii_letters_are_made_small(string text, string lowered) => Assert.That(AsciiWords.ToLower(text), Is.EqualTo(lowered));

    [Test]
    public void A_text_without_capitals_is_not_copied()
    {
        var text = new string('x', 10);
        Assert.That(AsciiWords.ToLower(text), Is.SameAs(text));
    }

    private static List<string> Split(string text)
    {
        var words = new List<string>();
        foreach (var (start, length) in new AsciiWords(text)) words.Add(text.Substring(start, length));
        return words;
    }
}
