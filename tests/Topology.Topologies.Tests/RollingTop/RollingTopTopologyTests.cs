using RollingTop;

namespace Topology.Topologies.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RollingTopTopologyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void It_builds_without_a_warning_and_ticks()
    {
        var plan = Plan(("every", "250ms"));
        Assert.That(plan.Name, Is.EqualTo("rolling-top"));
        Assert.That(plan.Warnings, Is.Empty);
        foreach (var bolt in new[] { "count", "rank", "top" }) Assert.That(plan[bolt].Options.TickInterval, Is.EqualTo(TimeSpan.FromMilliseconds(250)));
    }

    [TestCase("top", "0")]
    [TestCase("top", "10001")]
    [TestCase("every", "0")]
    [TestCase("every", "none")]
    [TestCase("window", "0")]
    [TestCase("window", "3601s")]
    public void A_setting_out_of_range_is_refused_by_name(string name, string value) =>
        Assert.That(() => Plan((name, value)), Throws.TypeOf<SettingException>().With.Message.Contains($"'{name}'"));

    [Test]
    public void A_window_shorter_than_a_step_is_one_step() => Assert.That(Plan(("window", "1s"), ("every", "2s")).Warnings, Is.Empty);

    private TopologyPlan Plan(params (string Name, string Value)[] settings) =>
        TopologyPlanner.Plan(new RollingTopTopology(), settings: settings.Append(("input", _folder.Path)).ToDictionary(s => s.Item1, s => s.Item2));
}
