using System.Diagnostics;

namespace Topology.Cluster.Tests;

/// <summary>A process that is killed in the middle of its changes.</summary>
public sealed class SqliteCrashTests
{
    [Test]
    public void Every_commit_that_was_answered_is_there_after_a_kill([Values(1, 200, 1_000)] int after)
    {
        using var temporary = new TemporaryDirectory();
        var answered = Kill(temporary.Root, after);

        using var directory = DataDirectory.Open(temporary.Root);
        using var store = SqliteClusterStore.Open(directory);

        Assert.That(answered.Values.Sum(), Is.GreaterThanOrEqualTo(after));
        foreach (var (task, sequence) in answered)
        {
            // One more may have been committed and not been answered.
            Assert.That(store.Read(reader => reader.Position(Samples.Id, "lines", task))?.Sequence, Is.InRange(sequence, sequence + 1), $"task {task}");
        }

        Assert.That(store.Read(reader => reader.Quarantined()), Is.Empty);
    }

    [Test]
    public void A_second_daemon_is_told_who_has_the_directory_and_gets_it_when_the_first_is_killed()
    {
        using var temporary = new TemporaryDirectory();
        using var child = CommittingChild.Start(temporary.Root);
        try
        {
            Assert.That(child.StandardOutput.ReadLine(), Is.Not.Null);

            Assert.That(() => DataDirectory.Open(temporary.Root), Throws.InstanceOf<DataDirectoryException>().With.Message.Contains($"process {child.Id}").And.Message.Contains(temporary.Root));
        }
        finally
        {
            End(child);
        }

        Assert.That(() => DataDirectory.Open(temporary.Root).Dispose(), Throws.Nothing);
    }

    /// <summary>Has a child commit and kills it after so many answers; returns the last answer of each task.</summary>
    private static Dictionary<int, long> Kill(string directory, int after)
    {
        var answered = new Dictionary<int, long>();
        using var child = CommittingChild.Start(directory);
        try
        {
            for (var n = 0; child.StandardOutput.ReadLine() is { } line; n++)
            {
                Note(line, answered);
                if (n == after) child.Kill();
            }
        }
        finally
        {
            End(child);
        }

        return answered;
    }

    private static void Note(string line, Dictionary<int, long> answered)
    {
        // The last line of a killed process may be a part of one.
        if (line.Split(' ') is [var task, var sequence, nameof(CommitOutcome.Committed)]) answered[int.Parse(task)] = long.Parse(sequence);
    }

    private static void End(Process child)
    {
        child.Kill();
        child.WaitForExit();
    }
}
