using FsCheck;
using FsCheck.Fluent;

namespace Topology.Tests;

public sealed class SettingTextTests
{
    [TestCase("250ms", "00:00:00.250")]
    [TestCase("30s", "00:00:30")]
    [TestCase("1.5s", "00:00:01.500")]
    [TestCase("5m", "00:05:00")]
    [TestCase("1h", "01:00:00")]
    [TestCase("1d", "1.00:00:00")]
    [TestCase("00:00:30", "00:00:30")]
    [TestCase("1.02:03:04", "1.02:03:04")]
    [TestCase("0", "00:00:00")]
    [TestCase("0s", "00:00:00")]
    public void A_duration_is_read(string text, string expected)
    {
        var isRead = SettingText.TryDuration(text, out var duration);

        Assert.That(isRead, Is.True);
        Assert.That(duration, Is.EqualTo(TimeSpan.ParseExact(expected, ["c", @"hh\:mm\:ss\.fff"], null)));
    }

    [Test]
    public void None_is_an_infinite_duration()
    {
        Assert.That(SettingText.TryDuration("none", out var duration), Is.True);
        Assert.That(duration, Is.EqualTo(Timeout.InfiniteTimeSpan));
    }

    [TestCase("")]
    [TestCase("30")]
    [TestCase("s")]
    [TestCase("ms")]
    [TestCase("-5s")]
    [TestCase("-00:00:05")]
    [TestCase("5 s")]
    [TestCase("5S")]
    [TestCase("1h30m")]
    [TestCase("1,5s")]
    [TestCase("30000000000000d")]
    [TestCase("99999999999999999999999999999999s")]
    [TestCase("None")]
    [TestCase("00:61:00")]
    public void What_is_no_duration_is_refused(string text) => Assert.That(SettingText.TryDuration(text, out _), Is.False);

    [Test]
    public void The_longest_durations_are_read_without_overflow()
    {
        Assert.That(SettingText.TryDuration("10675199d", out var days), Is.True);
        Assert.That(days, Is.EqualTo(TimeSpan.FromDays(10_675_199)));
        Assert.That(SettingText.TryDuration("10675200d", out _), Is.False);
    }

    [Test]
    public void A_formatted_duration_reads_back() =>
        Prop.ForAll<long>(ticks =>
        {
            // Small counts of each unit, and any ticks at all, which only the long form can hold.
            var whole = ticks & 0xFFFF;
            TimeSpan[] durations =
            [
                new(ticks & long.MaxValue), TimeSpan.FromMilliseconds(whole), TimeSpan.FromSeconds(whole), TimeSpan.FromMinutes(whole), TimeSpan.FromDays(whole),
            ];
            return durations.All(d => SettingText.TryDuration(SettingText.Format(d), out var read) && read == d);
        }).QuickCheckThrowOnFailure();

    [Test]
    public void A_duration_is_written_in_the_largest_unit_that_holds_it_whole()
    {
        Assert.Multiple(() =>
        {
            Assert.That(SettingText.Format(TimeSpan.FromSeconds(90)), Is.EqualTo("90s"));
            Assert.That(SettingText.Format(TimeSpan.FromSeconds(120)), Is.EqualTo("2m"));
            Assert.That(SettingText.Format(TimeSpan.FromDays(24)), Is.EqualTo("24d"));
            Assert.That(SettingText.Format(TimeSpan.Zero), Is.EqualTo("0"));
            Assert.That(SettingText.Format(Timeout.InfiniteTimeSpan), Is.EqualTo("none"));
        });
    }
}
