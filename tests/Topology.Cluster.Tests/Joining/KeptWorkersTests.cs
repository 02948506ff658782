namespace Topology.Cluster.Tests;

public sealed class KeptWorkersTests
{
    private static readonly KeptWorker Worker = new("wc-1", 2, 7, new string('a', 64), new string('b', 64), 0, "");

    private DirectoryInfo _folder = null!;

    [SetUp]
    public void Make() => _folder = Directory.CreateTempSubdirectory("kept-");

    [TearDown]
    public void Remove() => _folder.Delete(recursive: true);

    [Test]
    public void What_is_kept_is_there_after_a_restart()
    {
        var kept = new KeptWorkers(_folder.FullName);
        kept.Put(Worker);
        Assert.That(Again()[Worker.Key], Is.EqualTo(Worker));
        Assert.That(Again()[Worker.Key].Process, Is.Null);
        kept.Know(Worker.Key, new WorkerProcess(4711, "start"));
        Assert.That(Again()[Worker.Key].Process, Is.EqualTo(new WorkerProcess(4711, "start")));
        kept.Know(Worker.Key with { Worker = 9 }, new WorkerProcess(1, "other"));
        kept.Remove(Worker.Key);
        Assert.That(Again(), Is.Empty);
    }

    [Test]
    public void A_file_that_cannot_be_read_is_told_of()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "workers.json"), "[{");
        Assert.That(() => new KeptWorkers(_folder.FullName), Throws.InstanceOf<TopologyException>().With.Message.Contains("workers.json"));
    }

    private System.Collections.Immutable.ImmutableSortedDictionary<WorkerKey, KeptWorker> Again() => new KeptWorkers(_folder.FullName).All;
}
