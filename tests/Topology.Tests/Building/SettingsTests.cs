namespace Topology.Tests;

public sealed class SettingsTests
{
    private static Settings Of(params (string Name, string Text)[] settings) => Settings.From(settings.ToDictionary(s => s.Name, s => s.Text));

    [Test]
    public void A_setting_is_read_as_the_type_that_is_asked_for()
    {
        var settings = Of(("text", "words.txt"), ("count", "-7"), ("long", "5000000000"), ("ratio", "0.25"), ("on", "True"), ("wait", "250ms"));

        Assert.Multiple(() =>
        {
            Assert.That(settings["text"], Is.EqualTo("words.txt"));
            Assert.That(settings.GetInt32("count"), Is.EqualTo(-7));
            Assert.That(settings.GetInt64("long"), Is.EqualTo(5_000_000_000));
            Assert.That(settings.GetDouble("ratio"), Is.EqualTo(0.25));
            Assert.That(settings.GetBoolean("on"), Is.True);
            Assert.That(settings.GetDuration("wait"), Is.EqualTo(TimeSpan.FromMilliseconds(250)));
        });
    }

    [Test]
    public void A_setting_that_is_there_goes_before_the_default()
    {
        var settings = Of(("text", "words.txt"), ("count", "7"), ("long", "8"), ("ratio", "0.25"), ("on", "false"), ("wait", "none"));

        Assert.Multiple(() =>
        {
            Assert.That(settings.Get("text", "other"), Is.EqualTo("words.txt"));
            Assert.That(settings.Get("count", 1), Is.EqualTo(7));
            Assert.That(settings.Get("long", 1L), Is.EqualTo(8L));
            Assert.That(settings.Get("ratio", 1.0), Is.EqualTo(0.25));
            Assert.That(settings.Get("on", true), Is.False);
            Assert.That(settings.Get("wait", TimeSpan.Zero), Is.EqualTo(Timeout.InfiniteTimeSpan));
        });
    }

    [Test]
    public void A_missing_setting_leaves_the_default()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Settings.Empty.Get("text", "other"), Is.EqualTo("other"));
            Assert.That(Settings.Empty.Get("text", null), Is.Null);
            Assert.That(Settings.Empty.Get("count", 1), Is.EqualTo(1));
            Assert.That(Settings.Empty.Get("long", 1L), Is.EqualTo(1L));
            Assert.That(Settings.Empty.Get("ratio", 0.5), Is.EqualTo(0.5));
            Assert.That(Settings.Empty.Get("on", true), Is.True);
            Assert.That(Settings.Empty.Get("wait", TimeSpan.FromSeconds(1)), Is.EqualTo(TimeSpan.FromSeconds(1)));
            Assert.That(Settings.Empty.TryGet("text", out var text), Is.False);
            Assert.That(text, Is.Null);
        });
    }

    [Test]
    public void A_missing_setting_is_named_and_the_message_says_how_to_give_it() =>
        Assert.That(
            () => Settings.Empty["input"],
            Throws.TypeOf<SettingException>().With.Message.EqualTo("Setting 'input' is missing: give it with --set input=value."));

    [Test]
    public void A_setting_with_a_bad_text_is_named_with_its_text_and_what_is_expected()
    {
        var settings = Of(("x", "abc"));

        Assert.Multiple(() =>
        {
            Assert.That(Message(() => settings.GetInt32("x")), Is.EqualTo("Setting 'x' is 'abc', but should be a whole number from -2147483648 to 2147483647."));
            Assert.That(
                Message(() => settings.GetInt64("x")),
                Is.EqualTo("Setting 'x' is 'abc', but should be a whole number from -9223372036854775808 to 9223372036854775807."));
            Assert.That(Message(() => settings.GetDouble("x")), Is.EqualTo("Setting 'x' is 'abc', but should be a number such as 0.25 or 1e6."));
            Assert.That(Message(() => settings.GetBoolean("x")), Is.EqualTo("Setting 'x' is 'abc', but should be true or false."));
            Assert.That(
                Message(() => settings.GetDuration("x")),
                Is.EqualTo("Setting 'x' is 'abc', but should be a duration such as 250ms, 30s, 5m, 1h, 1d, 00:00:30 or none."));
            Assert.That(Message(() => settings.Get("x", 1)), Does.StartWith("Setting 'x' is 'abc'"));
        });
    }

    [Test]
    public void A_number_that_does_not_fit_is_refused()
    {
        var settings = Of(("big", "2147483648"), ("nan", "NaN"), ("point", "1.5"), ("thousands", "1,000"));

        Assert.Multiple(() =>
        {
            Assert.That(() => settings.GetInt32("big"), Throws.TypeOf<SettingException>());
            Assert.That(settings.GetInt64("big"), Is.EqualTo(2_147_483_648));
            Assert.That(() => settings.GetDouble("nan"), Throws.TypeOf<SettingException>());
            Assert.That(() => settings.GetInt32("point"), Throws.TypeOf<SettingException>());
            Assert.That(() => settings.GetInt32("thousands"), Throws.TypeOf<SettingException>());
        });
    }

    [Test]
    public void An_overlay_goes_before_what_it_is_laid_over_and_changes_neither()
    {
        var under = Of(("a", "1"), ("b", "2"));

        var over = under.With(new Dictionary<string, string> { ["b"] = "3", ["c"] = "4" });

        Assert.Multiple(() =>
        {
            Assert.That(over.Names, Is.EqualTo(new[] { "a", "b", "c" }));
            Assert.That(over["b"], Is.EqualTo("3"));
            Assert.That(under["b"], Is.EqualTo("2"));
            Assert.That(under.Names, Is.EqualTo(new[] { "a", "b" }));
        });
    }

    [Test]
    public void The_settings_do_not_follow_the_dictionary_that_they_came_from()
    {
        var source = new Dictionary<string, string> { ["a"] = "1" };
        var settings = Settings.From(source);

        source["a"] = "2";

        Assert.That(settings["a"], Is.EqualTo("1"));
    }

    [Test]
    public void Names_differ_by_case() => Assert.That(Of(("Input", "x")).TryGet("input", out _), Is.False);

    private static string Message(Action read) => Assert.Throws<SettingException>(read)!.Message;
}
