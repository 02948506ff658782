using FsCheck;
using FsCheck.Fluent;

namespace Topology.Cli.Tests;

public sealed class OneLineTests
{
    [TestCase("plain é text", "plain é text")]
    [TestCase("two\nlines", "two | lines")]
    [TestCase("two\r\n\r\n  lines\n", "two | lines")]
    [TestCase("\e[2Jgone", " [2Jgone")]
    [TestCase("tab\there", "tab here")]
    public void Line_ends_and_control_codes_are_gone(string text, string line) => Assert.That(OneLine.Of(text), Is.EqualTo(line));

    [Test]
    public void No_control_character_is_left_of_any_text() =>
        Prop.ForAll<NonNull<string>>(text => !OneLine.Of(text.Get).Any(char.IsControl)).QuickCheckThrowOnFailure();
}
