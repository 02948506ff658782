namespace Topology.Cli.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LiveBlockTests
{
    private readonly TestConsole _console = new() { IsErrorTerminal = true, Width = 20, Height = 5 };

    [Test]
    public void Lines_take_the_place_of_those_before()
    {
        var block = new LiveBlock(_console);
        block.Draw(["one", "two"]);
        block.Draw(["three"]);
        block.Erase();

        Assert.That(_console.ErrorText.ToString(), Is.EqualTo("one\ntwo\n" + "\e[2A\r\e[J" + "three\n" + "\e[1A\r\e[J"));
    }

    [Test]
    public void Other_text_goes_above()
    {
        var block = new LiveBlock(_console);
        block.Draw(["one", "two"]);
        block.WriteAbove("news\n");

        Assert.That(_console.ErrorText.ToString(), Does.EndWith("\e[2A\r\e[J" + "news\n" + "one\ntwo\n"));
    }

    [Test]
    public void A_terminal_that_became_narrower_has_wrapped_the_lines()
    {
        var block = new LiveBlock(_console);
        block.Draw([new string('a', 20), "\e[1m" + new string('b', 10) + "\e[0m", ""]);
        _console.Width = 10;
        block.Erase();

        Assert.That(_console.ErrorText.ToString(), Does.EndWith("\e[4A\r\e[J"), "two rows, one whose codes take no place, and an empty one");
    }

    [Test]
    public void What_is_higher_than_the_terminal_is_left_out()
    {
        var block = new LiveBlock(_console);
        block.Draw(["1", "2", "3", "4", "5", "6"]);

        Assert.That(_console.ErrorText.ToString(), Is.EqualTo("1\n2\n3\n4\n"));
    }
}
