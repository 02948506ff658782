using System.Text.RegularExpressions;

namespace Topology.Tests;

public sealed class EngineSettingsTests
{
    private static IEnumerable<TestCaseData> Ranges()
    {
        yield return new("topology.ackers", "0", "1024", "-1", "1025");
        yield return new("topology.max-spout-pending", "1", "16777216", "0", "16777217");
        yield return new("topology.message-timeout", "10ms", "24d", "9ms", "25d");
        yield return new("topology.workers", "1", "64", "0", "65");
        yield return new("topology.event-loops", "0", "64", "-1", "65");
        yield return new("topology.outbox-limit", "1", "2147483647", "0", "2147483648");
        yield return new("topology.feedback-limit", "1", "2147483647", "0", "2147483648");
        yield return new("topology.max-value", "16", "1073741824", "15", "1073741825");
        yield return new("topology.channel-capacity", "0", "16777216", "-1", "16777217");
        yield return new("topology.blocked-after", "1ms", "none", "0", "25d");
        yield return new("topology.drain-timeout", "0", "none", "-1s", "25d");
        yield return new("topology.max-error-reports", "0", "2147483647", "-1", "2147483648");
        yield return new("topology.error-interval", "1ms", "24d", "0", "none");
        yield return new("topology.position-interval", "1ms", "24d", "0", "none");
    }

    [TestCaseSource(nameof(Ranges))]
    public void An_option_is_taken_up_to_the_ends_of_its_range_and_no_further(string name, string least, string most, string below, string above)
    {
        Assert.Multiple(() =>
        {
            Assert.That(Planning.ErrorsOf(Planning.AddLines, (name, least)), Is.Empty);
            Assert.That(Planning.ErrorsOf(Planning.AddLines, (name, most)), Is.Empty);
            Assert.That(Planning.ErrorsOf(Planning.AddLines, (name, below)), Is.EqualTo(new[] { $"Setting '{name}' is '{below}', but should be {Expected(name)}." }));
            Assert.That(Planning.ErrorsOf(Planning.AddLines, (name, above)), Is.EqualTo(new[] { $"Setting '{name}' is '{above}', but should be {Expected(name)}." }));
        });
    }

    [Test]
    public void Every_option_is_in_the_table_once_under_the_name_that_its_documentation_gives()
    {
        var options = typeof(TopologyOptions).GetProperties().Where(p => p.SetMethod is not null).Select(p => p.Name);
        var documentation = File.ReadAllText(Path.ChangeExtension(typeof(TopologyOptions).Assembly.Location, ".xml"));

        Assert.That(EngineSettings.All.Select(s => s.Option), Is.EquivalentTo(options));
        foreach (var setting in EngineSettings.All)
        {
            var member = Regex.Match(documentation, $"<member name=\"P:Topology.TopologyOptions.{setting.Option}\">(.*?)</member>", RegexOptions.Singleline);
            Assert.That(member.Groups[1].Value, Does.Contain($"<c>{setting.Name}</c>"));
        }
    }

    [Test]
    public void A_formatted_option_reads_back_and_a_default_is_in_range()
    {
        var defaults = new TopologyOptions();

        foreach (var setting in EngineSettings.All)
        {
            Assert.That(setting.IsInRange(defaults), Is.True, setting.Name);
            Assert.That(setting.Parse(defaults, setting.Format(defaults)), Is.EqualTo(defaults), setting.Name);
        }
    }

    [Test]
    public void A_setting_goes_before_what_the_code_says_and_the_rest_stays()
    {
        var plan = Planning.Plan(
            topology =>
            {
                topology.Options = topology.Options with { MaxSpoutPending = 5, Workers = 3 };
                Planning.AddLines(topology);
            },
            ("topology.max-spout-pending", "7"),
            ("topology.message-timeout", "1m"));

        Assert.That(plan.Options, Is.EqualTo(new TopologyOptions { MaxSpoutPending = 7, Workers = 3, MessageTimeout = TimeSpan.FromMinutes(1) }));
    }

    [Test]
    public void Build_sees_the_options_that_were_given()
    {
        var seen = 0;
        Planning.Plan(
            topology =>
            {
                seen = topology.Options.Workers;
                Planning.AddLines(topology);
            },
            ("topology.workers", "4"));

        Assert.That(seen, Is.EqualTo(4));
    }

    [Test]
    public void Without_at_least_once_there_are_no_ackers() =>
        Assert.That(Planning.Plan(Planning.AddLines, ("topology.delivery", "at-most-once"), ("topology.ackers", "4")).Options.Ackers, Is.Zero);

    [Test]
    public void With_at_least_once_the_ackers_are_those_asked_for() =>
        Assert.That(Planning.Plan(Planning.AddLines, ("topology.delivery", "at-least-once"), ("topology.ackers", "4")).Options.Ackers, Is.EqualTo(4));

    [Test]
    public void A_delivery_that_does_not_exist_is_refused() =>
        Assert.That(
            Planning.ErrorsOf(Planning.AddLines, ("topology.delivery", "exactly-twice")),
            Is.EqualTo(new[] { "Setting 'topology.delivery' is 'exactly-twice', but should be at-most-once or at-least-once." }));

    [Test]
    public void An_option_out_of_range_in_code_is_named_as_code_names_it() =>
        Assert.That(
            Planning.ErrorsBesideLines(topology => topology.Options = topology.Options with { MaxSpoutPending = 0, Delivery = (Delivery)9 }),
            Is.EqualTo(new[]
            {
                "Option Delivery is '9', but should be at-most-once or at-least-once.",
                "Option MaxSpoutPending is '0', but should be a whole number from 1 to 16,777,216.",
            }));

    private static string Expected(string name) => EngineSettings.All.Single(s => s.Name == name).Expected;
}
