namespace Topology.Tests;

public sealed class SettingCheckTests
{
    private const string HowTo = "If a component asks for it when it runs, have Build declare it with topology.Declare.";

    [Test]
    public void A_setting_that_nobody_asks_for_is_refused_with_the_one_probably_meant()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                Planning.ErrorsBesideLines(t => _ = t.Settings.Get("batch-size", 10), ("batchsize", "20")),
                Is.EqualTo(new[] { $"Setting 'batchsize' is unknown: did you mean 'batch-size'? {HowTo}" }));
            Assert.That(
                Planning.ErrorsBesideLines(t => _ = t.Settings.Get("batch-size", 10), ("colour", "red")),
                Is.EqualTo(new[] { $"Setting 'colour' is unknown: this topology's settings are batch-size. {HowTo}" }));
            Assert.That(
                Planning.ErrorsBesideLines(_ => { }, ("colour", "red")),
                Is.EqualTo(new[] { $"Setting 'colour' is unknown: this topology asks for none. {HowTo}" }));
        });
    }

    [Test]
    public void An_engine_option_without_its_prefix_or_misspelt_is_recognised()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                Planning.ErrorsBesideLines(_ => { }, ("topolgy.ackers", "1")),
                Is.EqualTo(new[] { $"Setting 'topolgy.ackers' is unknown: did you mean 'topology.ackers'? {HowTo}" }));
            Assert.That(
                Planning.ErrorsBesideLines(_ => { }, ("topology.acker", "1")),
                Is.EqualTo(new[] { "Setting 'topology.acker' is no option of the engine: did you mean 'topology.ackers'?" }));
        });
    }

    [Test]
    public void A_setting_is_known_when_Build_or_a_factory_asks_for_it_or_it_is_declared_or_a_components_own()
    {
        var errors = Planning.ErrorsBesideLines(
            t =>
            {
                _ = t.Settings.Get("asked", "");
                _ = t.Settings.TryGet("tried", out _);
                t.Declare("declared", null, "Read when it runs");
                t.SetSpout("s", () => new TrackedSpout(t.Settings["by-factory"])).Set("own", "1");
            },
            ("asked", "1"),
            ("tried", "1"),
            ("declared", "1"),
            ("by-factory", "1"),
            ("own", "2"),
            ("topology.workers", "1"));

        Assert.That(errors, Is.Empty);
    }

    [Test]
    public void Reading_all_names_asks_for_all() =>
        Assert.That(Planning.ErrorsBesideLines(t => _ = t.Settings.Names, ("kafka.group", "1"), ("kafka.topic", "x")), Is.Empty);

    [Test]
    public void A_declaration_without_a_name_or_of_a_name_twice_or_of_an_engine_option_is_refused() =>
        Assert.That(
            Planning.ErrorsBesideLines(t =>
            {
                t.Declare("", "1", "nameless");
                t.Declare("a", "1", "first");
                t.Declare("a", "2", "second");
                t.Declare("topology.ackers", "3", "ackers");
            }),
            Is.EqualTo(new[]
            {
                "Setting 'a' is declared 2 times; declare it once.",
                "A declared setting has no name (nameless); give it one.",
                "Setting 'topology.ackers' is declared, but names that begin with 'topology.' are the engine's; choose another, or set topology.Options.",
            }));
}
