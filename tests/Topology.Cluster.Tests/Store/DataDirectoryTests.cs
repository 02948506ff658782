namespace Topology.Cluster.Tests;

public sealed class DataDirectoryTests
{
    private TemporaryDirectory _temporary = null!;

    [SetUp]
    public void Make() => _temporary = new TemporaryDirectory();

    [TearDown]
    public void Remove() => _temporary.Dispose();

    [Test]
    public void It_is_made_private()
    {
        using var directory = DataDirectory.Open(_temporary.PathOf("new", "data"));

        Assert.That(directory.FullPath, Is.EqualTo(_temporary.PathOf("new", "data")));
        Assert.That(File.GetUnixFileMode(directory.FullPath), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Test]
    public void Of_two_openers_the_second_gets_one_clear_error()
    {
        using (DataDirectory.Open(_temporary.Root))
        {
            var error = Assert.Throws<DataDirectoryException>(() => DataDirectory.Open(_temporary.Root + "/"));

            Assert.That(error!.Message, Does.Contain(_temporary.Root).And.Contain($"process {Environment.ProcessId}"));
        }

        Assert.That(() => DataDirectory.Open(_temporary.Root).Dispose(), Throws.Nothing, "it can be had again");
    }

    [Test]
    public void Processes_started_by_the_holder_do_not_hold_it()
    {
        System.Diagnostics.Process child;
        using (DataDirectory.Open(_temporary.Root)) child = System.Diagnostics.Process.Start("sleep", ["60"]);
        try
        {
            Assert.That(() => DataDirectory.Open(_temporary.Root).Dispose(), Throws.Nothing);
        }
        finally
        {
            child.Kill();
            child.WaitForExit();
            child.Dispose();
        }
    }

    [Test]
    public void A_link_is_refused()
    {
        Directory.CreateDirectory(_temporary.PathOf("real"));
        Directory.CreateSymbolicLink(_temporary.PathOf("link"), _temporary.PathOf("real"));

        Assert.That(() => DataDirectory.Open(_temporary.PathOf("link")), Throws.InstanceOf<DataDirectoryException>().With.Message.Contains("link"));
        Assert.That(() => DataDirectory.Open(_temporary.PathOf("link") + "/"), Throws.InstanceOf<DataDirectoryException>().With.Message.Contains("link"));
        Assert.That(_temporary.Entries(), Is.EqualTo(new[] { "link", "real" }));
    }

    [Test]
    public void A_directory_that_others_may_use_is_refused([Values(UnixFileMode.GroupRead, UnixFileMode.OtherWrite, UnixFileMode.OtherExecute)] UnixFileMode more)
    {
        var path = _temporary.PathOf("open");
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | more);

        Assert.That(() => DataDirectory.Open(path), Throws.InstanceOf<DataDirectoryException>().With.Message.Contains("chmod 700"));
    }

    [Test]
    public void A_directory_of_another_user_is_refused()
    {
        // Whoever runs this, one of the two belongs to somebody else.
        var path = NativeFile.CurrentUser == 0 ? OfNobody() : "/root";

        Assert.That(() => DataDirectory.Open(path), Throws.InstanceOf<DataDirectoryException>().With.Message.Contains("another user"));
    }

    [Test]
    public void A_file_is_no_directory()
    {
        var path = _temporary.Write("file", "");

        Assert.That(() => DataDirectory.Open(path), Throws.InstanceOf<DataDirectoryException>().With.Message.Contains(path));
    }

    private string OfNobody()
    {
        var path = _temporary.PathOf("theirs");
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var chown = System.Diagnostics.Process.Start("chown", ["65534", path]);
        chown.WaitForExit();
        return path;
    }
}
