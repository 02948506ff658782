namespace Topology.Cli.Tests;

public sealed class CommandLineParsingTests
{
    [Test]
    public void An_option_that_may_be_repeated_takes_one_value_each_time()
    {
        var run = Parse("run", "--set", "a=1", "the-path", "--set", "b=2=3", "TheClass", "--set=c=");

        Assert.That(run.Set, Is.EqualTo(["a=1", "b=2=3", "c="]));
        Assert.That(run.Path, Is.EqualTo("the-path"));
        Assert.That(run.Class, Is.EqualTo("TheClass"));
    }

    [TestCase("-o", "json")]
    [TestCase("-ojson")]
    [TestCase("-o=json")]
    [TestCase("--output=JSON")]
    [TestCase("-o", "table", "--output", "Json")]
    public void The_format_is_read_however_it_is_written(params string[] option) =>
        Assert.That(Parse(["run", ".", .. option]).Output, Is.EqualTo(OutputFormat.Json));

    [Test]
    public void What_is_not_given_has_its_default()
    {
        var run = Parse("run", ".");

        Assert.That(run, Has.Property("Class").Null.And.Property("Set").Empty.And.Property("Config").Empty.And.Property("Name").Null);
        Assert.That(run, Has.Property("Workers").Null.And.Property("For").Null.And.Property("Quiet").False.And.Property("Debug").False);
        Assert.That(run.Output, Is.EqualTo(OutputFormat.Table));
    }

    [Test]
    public void Every_option_of_a_run_is_read()
    {
        var run = Parse("run", ".", "--config", "a.yaml", "--config", "b.json", "--workers", "3", "--for", "30s", "--name", "mine", "--quiet", "--debug");

        Assert.That(run.Config, Is.EqualTo(["a.yaml", "b.json"]));
        Assert.That(run, Has.Property("Workers").EqualTo(3).And.Property("For").EqualTo("30s").And.Property("Name").EqualTo("mine"));
        Assert.That(run, Has.Property("Quiet").True.And.Property("Debug").True);
    }

    [Test]
    public void What_follows_two_dashes_is_no_option()
    {
        var run = Parse("run", "--quiet", "--", "--odd-path", "--set");

        Assert.That(run.Path, Is.EqualTo("--odd-path"));
        Assert.That(run.Class, Is.EqualTo("--set"));
    }

    [TestCase("-5")]
    [TestCase("")]
    [TestCase("two words")]
    [TestCase("--x")]
    public void A_value_of_a_setting_may_be_any_text(string value) =>
        Assert.That(Parse("run", ".", "--set", "key=" + value).Set, Is.EqualTo(["key=" + value]));

    [Test]
    public void A_program_that_holds_its_topologies_takes_no_path()
    {
        var run = Parse(typeof(CommandLineParsingTests).Assembly, "run", "TheClass");

        Assert.That(run.Class, Is.EqualTo("TheClass"));
        Assert.That(() => Parse(typeof(CommandLineParsingTests).Assembly, "run", "path", "TheClass"), Throws.InstanceOf<CommandException>());
    }

    private static RunArguments Parse(params string[] args) => Parse(null, args);

    private static RunArguments Parse(System.Reflection.Assembly? own, params string[] args)
    {
        var context = new CommandContext(new TestConsole(), TimeProvider.System, own, (_, _) => throw new NotSupportedException());
        return (RunArguments)CommandLineParsing.Parse(CommandVerbs.Find(args[0], context), args, context);
    }
}
