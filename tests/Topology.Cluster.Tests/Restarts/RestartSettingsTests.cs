namespace Topology.Cluster.Tests;

public sealed class RestartSettingsTests
{
    [TestCase("strategy", "exponental", "'exponential'")]
    [TestCase("delay", "soon", "'restart.delay' is 'soon', but should be a duration from 1ms to 1h")]
    [TestCase("delay", "none", "a duration")]
    [TestCase("max-delay", "50ms", "a duration from 100ms to 1h")]
    [TestCase("jitter", "1.5", "a share from 0 to 1")]
    [TestCase("limit", "-1", "a whole number from 0")]
    [TestCase("interval", "1m", "belongs to failure-rate")]
    [TestCase("delai", "1s", "did you mean 'restart.delay'?")]
    public void A_wrong_setting_is_named_with_what_it_should_be(string name, string value, string expected) =>
        Assert.That(RestartSettings.Check(new Dictionary<string, string> { ["restart." + name] = value }), Has.One.Contains(expected));

    [Test]
    public void Every_error_is_reported_and_other_settings_are_left_alone()
    {
        var settings = new Dictionary<string, string> { ["restart.limit"] = "x", ["restart.jitter"] = "y", ["input"] = "z" };

        Assert.That(RestartSettings.Check(settings), Has.Length.EqualTo(2));
        Assert.That(() => RestartSettings.Parse(settings), Throws.TypeOf<InvalidTopologyException>());
    }

    [Test]
    public void What_is_not_set_has_a_default() => Assert.That(RestartSettings.Check(new Dictionary<string, string>()), Is.Empty);
}
