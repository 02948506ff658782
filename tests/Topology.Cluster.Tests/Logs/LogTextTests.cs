using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging;

namespace Topology.Cluster.Tests;

public sealed class LogTextTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 20, 11, 4, 54, TimeSpan.Zero);

    [Test]
    public void An_entry_says_time_level_component_and_task() =>
        Assert.That(Format(new(Time.AddTicks(1234567), LogLevel.Warning, "split", 3, "low on words")), Is.EqualTo("2026-11-20T11:04:54.1234567Z WARN  split#3 low on words\n"));

    [Test]
    public void Local_times_are_written_in_UTC() =>
        Assert.That(Format(new(new(2026, 1, 1, 1, 0, 0, TimeSpan.FromHours(2)), LogLevel.Error, "a", 0, "x")), Does.StartWith("2025-12-31T23:00:00.0000000Z ERROR a x"));

    [Test]
    public void A_text_cannot_pass_for_a_second_entry_or_command_a_terminal()
    {
        var forged = Format(new(Time, LogLevel.Information, "a b\n", 0, "x\n2026-11-20T11:04:54.0000000Z FATAL master forged\r\n\u001b[2Jend"));

        Assert.That(forged.Split('\n')[1], Does.StartWith("\t2026"));
        Assert.That(forged, Does.Not.Contain('\u001b').And.Contain("\\u001b[2Jend"));
        Assert.That(forged, Does.Contain(" a_b_ x\n"));
        Assert.That(LogText.Parse(forged.Split('\n')[1]), Is.Null);
    }

    [Test]
    public void A_text_without_end_is_cut_and_says_so()
    {
        var text = Format(new(Time, LogLevel.Information, "a", 0, new string('x', LogText.LongestText + 5)));

        Assert.That(text, Has.Length.LessThan(LogText.LongestText + 100));
        Assert.That(text, Does.EndWith("x ... (5 more characters)\n"));
    }

    [TestCase("")]
    [TestCase("Unhandled exception. System.Exception: x")]
    [TestCase("2026-11-20T11:04:54.1234567Z WARM  split#3 x")]
    [TestCase("2026-13-20T11:04:54.1234567Z WARN  split#3 x")]
    [TestCase("2026-11-20T11:04:54.1234567Z WARN  split#3")]
    public void Other_text_is_no_entry(string text) => Assert.That(LogText.Parse(text), Is.Null);

    [TestCase("split#3", "split", 3)]
    [TestCase("split", "split", 0)]
    [TestCase("a#b#12", "a#b", 12)]
    [TestCase("#3", "#3", 0)]
    [TestCase("split#x", "split#x", 0)]
    public void A_category_may_name_a_task(string category, string component, int task) => Assert.That(LogText.Split(category), Is.EqualTo((component, task)));

    [Test]
    public void What_is_written_is_read_again()
    {
        var lines = from ticks in Gen.Choose(0, int.MaxValue)
                    from level in Gen.Choose(0, 5)
                    from task in Gen.Choose(0, 100)
                    from text in Gen.Elements("x", "a b", "", "ä\u20ac\ud83d\ude00", " lead", "a\tb", "two\nlines", "\n", "a\n\tb\n\n")
                    select new LogLine(Time.AddTicks(ticks), (LogLevel)level, "split", task, text);

        Prop.ForAll(lines.ToArbitrary(), line => Read(Format(line)) == line with { Log = "log" }).QuickCheckThrowOnFailure();
    }

    private static string Format(LogLine line)
    {
        var text = new StringBuilder();
        LogText.Append(text, line);
        return text.ToString();
    }

    private static LogLine Read(string text)
    {
        var output = new Queue<LogLine>();
        var entries = new LogEntries("log");
        entries.Add(Encoding.UTF8.GetBytes(text), output);
        entries.EndFile(output);
        return output.Single();
    }
}
