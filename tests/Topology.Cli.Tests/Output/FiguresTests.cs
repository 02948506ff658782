using FsCheck;
using FsCheck.Fluent;

namespace Topology.Cli.Tests;

public sealed class FiguresTests
{
    [TestCase(0, "0")]
    [TestCase(0.44, "0.4")]
    [TestCase(7, "7")]
    [TestCase(9.96, "10")]
    [TestCase(999, "999")]
    [TestCase(999.6, "1k")]
    [TestCase(1234, "1.23k")]
    [TestCase(12_345, "12.3k")]
    [TestCase(123_456, "123k")]
    [TestCase(999_600, "1M")]
    [TestCase(1_234_567, "1.23M")]
    [TestCase(double.NaN, "-")]
    public void Short_numbers_have_three_digits_and_a_unit(double number, string text) => Assert.That(Figures.Short(number), Is.EqualTo(text));

    [Test]
    public void No_short_number_takes_more_than_five_characters() => Prop.ForAll<ulong>(n => Figures.Short(n).Length <= 5).QuickCheckThrowOnFailure();

    [TestCase(0, "-")]
    [TestCase(0.25, "250ns")]
    [TestCase(1.5, "1.5µs")]
    [TestCase(999.7, "1ms")]
    [TestCase(12_345, "12.3ms")]
    [TestCase(1_200_000, "1.2s")]
    [TestCase(75_000_000, "75s")]
    public void Latencies_have_the_unit_that_suits(double microseconds, string text) => Assert.That(Figures.Latency(microseconds), Is.EqualTo(text));

    [TestCase(0.42, "0.42 s")]
    [TestCase(12.34, "12.3 s")]
    [TestCase(119, "119 s")]
    [TestCase(150, "2:30")]
    [TestCase(3723, "1:02:03")]
    [TestCase(90_000, "1.01:00:00")]
    public void Durations_grow_with_their_unit(double seconds, string text) => Assert.That(Figures.Duration(TimeSpan.FromSeconds(seconds)), Is.EqualTo(text));

    [Test]
    public void Exact_numbers_are_grouped() => Assert.That(Figures.Exact(1_234_567), Is.EqualTo("1,234,567"));
}
