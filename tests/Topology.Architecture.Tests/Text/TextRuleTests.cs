namespace Topology.Architecture.Tests;

/// <summary>Time and chance are passed in, and comments say why. A scan of the text: what only looks like a breach is one too.</summary>
public sealed class TextRuleTests
{
    private static readonly TextRule[] Rules =
    [
        new("DateTime.Now", "Take the time from a TimeProvider: it is manual in tests and simulations."),
        new("DateTime.UtcNow", "Take the time from a TimeProvider."),
        new("DateTime.Today", "Take the time from a TimeProvider."),
        new("DateTimeOffset.Now", "Take the time from a TimeProvider."),
        new("DateTimeOffset.UtcNow", "Take the time from a TimeProvider."),
        new("Environment.TickCount", "Take the time from a TimeProvider."),
        new("Thread.Sleep", "Wait for what is to happen, or for a deadline; nothing sleeps."),
        new("Random.Shared", "Take chance from a seeded generator: a run can then be repeated."),
        new("new Random()", "Give the generator a seed."),
        new("#region", "Split the type."),
        new("TODO", "Do it."),
        new("FIXME", "Fix it."),
    ];

    /// <summary>Where a rule does not hold, and why.</summary>
    private static readonly Dictionary<(string File, string Text), string> Exceptions = new()
    {
        [("tools/Topology.Bench.Topologies/Topologies/Blocker.cs", "Thread.Sleep")] = "It measures what happens while code blocks.",
        [("tools/Topology.Bench.Topologies/Topologies/Blocker.cs", "Environment.TickCount")] = "It blocks by the real clock.",
    };

    [TestCaseSource(nameof(Rules))]
    public void No_source_says(object rule)
    {
        var (text, instead) = (TextRule)rule;
        var breaches = Breaches(text, "src", "topologies", "tools").Where(breach => !Exceptions.ContainsKey((breach.File, text)));

        Assert.That(breaches.Select(breach => $"{breach.File}:{breach.Line}"), Is.Empty, instead);
    }

    [Test]
    public void No_test_sleeps()
    {
        // In two parts, since this file is a test too.
        const string Sleep = "Thread." + "Sleep(";

        Assert.That(Breaches(Sleep, "tests").Select(breach => $"{breach.File}:{breach.Line}"), Is.Empty, "Wait for what is to happen, on manual time or by a signal.");
    }

    [Test]
    public void Every_exception_is_still_one() =>
        Assert.That(Exceptions.Keys.Where(e => !Breaches(e.Text, "src", "topologies", "tools").Any(breach => breach.File == e.File)), Is.Empty, "Take what is no longer needed off the list.");

    private static IEnumerable<(string File, int Line)> Breaches(string text, params string[] folders) =>
        from folder in folders
        from file in Repository.Files(folder, "*.cs")
        from line in Repository.ReadLines(file).Index()
        where line.Item.Contains(text, StringComparison.Ordinal)
        select (file, line.Index + 1);
}
