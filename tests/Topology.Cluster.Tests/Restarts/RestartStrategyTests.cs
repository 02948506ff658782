namespace Topology.Cluster.Tests;

/// <summary>Each strategy by its settings, on a clock that the test turns.</summary>
public sealed class RestartStrategyTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Exponential_starts_again_at_once_then_doubles_to_its_longest_delay() =>
        Assert.That(Delays(9, Settings(), 0.5), Is.EqualTo(new[] { 0, 100, 200, 400, 800, 1600, 3200, 5000, 5000 }));

    [Test]
    public void Exponential_varies_by_its_jitter_and_stays_within_its_longest_delay()
    {
        Assert.That(Delays(9, Settings(), 0), Is.EqualTo(new[] { 0, 80, 160, 320, 640, 1280, 2560, 4000, 4000 }));
        Assert.That(Delays(8, Settings(), 0.999_999_999), Is.EqualTo(new[] { 0, 120, 240, 480, 960, 1920, 3840, 5000 }));
    }

    [Test]
    public void Exponential_counts_restarts_without_progress_alone()
    {
        var strategy = RestartSettings.Parse(Settings((RestartSettings.Limit, "2")));
        var twice = strategy.Decide(strategy.Decide(RestartHistory.Empty, Start, 0.5).History, Start, 0.5).History;

        Assert.That(strategy.Decide(twice, Start, 0.5).Refusal, Does.Contain("2 times without").And.Contain("restart.limit"));
        Assert.That(strategy.Decide(twice.Progressed(), Start, 0.5).Delay, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void Fixed_delay_waits_the_same_each_time_up_to_its_limit()
    {
        var settings = Settings((RestartSettings.Strategy, "fixed-delay"), (RestartSettings.Delay, "250ms"), (RestartSettings.Limit, "3"));

        Assert.That(Delays(4, settings, 0.5), Is.EqualTo(new int?[] { 250, 250, 250, null }));
    }

    [Test]
    public void Failure_rate_forgives_so_many_within_any_interval_and_not_one_more()
    {
        var strategy = RestartSettings.Parse(Settings((RestartSettings.Strategy, "failure-rate"), (RestartSettings.MaxFailures, "3"), (RestartSettings.Interval, "1m")));
        var history = RestartHistory.Empty;
        foreach (var second in (int[])[0, 10, 20]) history = strategy.Decide(history, Start.AddSeconds(second), 0.5).History;

        Assert.That(strategy.Decide(history, Start.AddSeconds(59.999), 0.5).Delay, Is.Null);
        Assert.That(strategy.Decide(history.Progressed(), Start.AddSeconds(59.999), 0.5).Refusal, Does.Contain("more than 3 times within 1m"), "Progress does not excuse.");
        Assert.That(strategy.Decide(history, Start.AddSeconds(60), 0.5).Delay, Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public void None_never_starts_again() => Assert.That(Delays(1, Settings((RestartSettings.Strategy, "none")), 0.5), Is.EqualTo(new int?[] { null }));

    private static Dictionary<string, string> Settings(params (string Name, string Value)[] settings) => settings.ToDictionary(s => s.Name, s => s.Value);

    /// <summary>The delays of failures that follow each other without progress, in milliseconds; null for no restart.</summary>
    private static int?[] Delays(int failures, Dictionary<string, string> settings, double chance)
    {
        var strategy = RestartSettings.Parse(settings);
        var history = RestartHistory.Empty;
        var delays = new List<int?>();
        for (var i = 0; i < failures; i++)
        {
            var decision = strategy.Decide(history, Start, chance);
            delays.Add(decision.Delay is { } delay ? (int)Math.Round(delay.TotalMilliseconds) : null);
            history = decision.History;
        }

        return [.. delays];
    }
}
