using Topology.Cluster;

namespace Topology.Web.Tests;

public sealed class DaemonFileTests
{
    private static readonly Uri Url = new("http://127.0.0.1:4711/");

    private TemporaryFolder _temporary = null!;
    private DataDirectory _directory = null!;

    [SetUp]
    public void Open()
    {
        _temporary = new();
        _directory = DataDirectory.Open(_temporary.PathOf("data"));
    }

    [TearDown]
    public void Remove()
    {
        _directory.Dispose();
        _temporary.Dispose();
    }

    [Test]
    public void It_says_where_the_daemon_listens_until_it_is_taken_back()
    {
        var daemon = new DaemonAddress(Url, ProcessIdentity.Current, "1.2.3");
        Assert.That(DaemonFile.Read(_directory.FullPath), Is.Null);

        DaemonFile.Write(_directory, daemon);
        Assert.That(DaemonFile.Read(_directory.FullPath), Is.EqualTo(daemon));
        Assert.That(File.GetUnixFileMode(DaemonFile.PathIn(_directory.FullPath)), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));

        DaemonFile.Delete(_directory);
        Assert.That(DaemonFile.Read(_directory.FullPath), Is.Null);
    }

    [Test]
    public void One_that_a_dead_process_left_says_nothing()
    {
        // The id of a living process, and the start time of none.
        DaemonFile.Write(_directory, new(Url, ProcessIdentity.Current with { StartTime = 1 }, "1.2.3"));
        Assert.That(DaemonFile.Read(_directory.FullPath), Is.Null);

        Assert.That(DaemonFile.ReadLast(_directory.FullPath), Has.Property("Url").EqualTo(Url).And.Property("IsLiving").False);

        DaemonFile.Write(_directory, new(Url, ProcessIdentity.Current with { Boot = "another" }, "1.2.3"));
        Assert.That(DaemonFile.Read(_directory.FullPath), Is.Null);
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("{\"url\":")]
    [TestCase("{\"url\":\"\",\"pid\":1,\"process\":\"x\",\"version\":\"1\"}")]
    public void One_that_cannot_be_read_says_nothing(string text)
    {
        File.WriteAllText(DaemonFile.PathIn(_directory.FullPath), text);

        Assert.That(DaemonFile.Read(_directory.FullPath), Is.Null);
    }
}
