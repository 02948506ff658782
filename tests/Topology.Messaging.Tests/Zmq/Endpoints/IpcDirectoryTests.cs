namespace Topology.Messaging.Tests;

[Platform(Exclude = "Win")]
public sealed class IpcDirectoryTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void It_is_made_for_its_owner_alone()
    {
        var path = Path.Combine(_folder.Path, "topology");
        var directory = IpcDirectory.Open(path);
        Assert.That(directory.Path, Is.EqualTo(path));
        Assert.That(Mode(path), Is.EqualTo(OwnerOnly));
        Assert.That(IpcDirectory.Open(path).Path, Is.EqualTo(path), "What is there is taken.");
        Assert.That(Mode(directory.Subfolder("0a1b2c3d").Path), Is.EqualTo(OwnerOnly));
    }

    [Test]
    public void What_was_taken_away_is_made_again_for_its_owner_alone()
    {
        var above = Path.Combine(_folder.Path, "run");
        var directory = IpcDirectory.Open(Path.Combine(above, "topology"));
        Directory.Delete(above, recursive: true);
        var inner = directory.Subfolder("0a1b2c3d").Path;
        Assert.That(new[] { above, directory.Path, inner }.Select(Mode), Is.All.EqualTo(OwnerOnly));
        Directory.Delete(directory.Path, recursive: true);
        Directory.CreateDirectory(directory.Path);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(directory.Path, OwnerOnly | UnixFileMode.OtherWrite);
        Assert.That(() => directory.Subfolder("0a1b2c3d"), Throws.TypeOf<NetMQException>().With.Message.Contain("chmod 700"), "Somebody else may have made it meanwhile.");
    }

    [TestCase(UnixFileMode.GroupRead)]
    [TestCase(UnixFileMode.OtherExecute)]
    [TestCase(UnixFileMode.OtherWrite | UnixFileMode.StickyBit)]
    public void A_folder_that_lets_others_in_is_refused(UnixFileMode more)
    {
        var path = Path.Combine(_folder.Path, "open");
        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, OwnerOnly | more);
        Assert.That(() => IpcDirectory.Open(path), Throws.TypeOf<NetMQException>().With.Message.Contain("chmod 700"));
    }

    [Test]
    public void A_symbolic_link_is_refused_even_to_a_folder_of_ones_own()
    {
        var target = IpcDirectory.Open(Path.Combine(_folder.Path, "target")).Path;
        var link = Path.Combine(_folder.Path, "link");
        Directory.CreateSymbolicLink(link, target);
        Assert.That(() => IpcDirectory.Open(link), Throws.TypeOf<NetMQException>().With.Message.Contain("symbolic link"));
        var dangling = Path.Combine(_folder.Path, "dangling");
        File.CreateSymbolicLink(dangling, "/nowhere");
        Assert.That(() => IpcDirectory.Open(dangling), Throws.TypeOf<NetMQException>().With.Message.Contain("cannot be made a folder"));
    }

    [Test]
    public void A_file_is_refused()
    {
        var path = Path.Combine(_folder.Path, "file");
        File.WriteAllText(path, "");
        Assert.That(() => IpcDirectory.Open(path), Throws.TypeOf<NetMQException>().With.Message.Contain("cannot be made a folder"));
    }

    [Test]
    public void Another_users_folder_is_refused()
    {
        var me = PathOwner.Me;
        Assert.That(() => IpcDirectory.RequirePrivate("/x", (me, 0b111_000_000), me), Throws.Nothing);
        Assert.That(() => IpcDirectory.RequirePrivate("/x", (me + 1, 0b111_000_000), me), Throws.TypeOf<NetMQException>().With.Message.Contain("belongs to user"));
    }

    [Test]
    public void The_owner_and_the_mode_of_a_folder_are_read()
    {
        Assert.That(PathOwner.OfFolder(_folder.Path), Is.EqualTo((PathOwner.Me, (int)Mode(_folder.Path))));
        Assert.That(PathOwner.OfFolder("/")?.Owner, Is.Zero);
        Assert.That(PathOwner.OfFolder(Path.Combine(_folder.Path, "none")), Is.Null);
    }

    [Test]
    public void The_run_time_folder_is_taken_where_there_is_one() => Assert.Multiple(() =>
    {
        Assert.That(IpcDirectory.Choose(_folder.Path, "/tmp"), Is.EqualTo(Path.Combine(_folder.Path, "topology")));
        foreach (var none in new[] { null, "", "relative", "/no/such/folder" })
            Assert.That(IpcDirectory.Choose(none, "/tmp"), Is.EqualTo($"/tmp/topology-{PathOwner.Me}"));
    });

    [Test]
    public void A_path_of_107_bytes_is_the_longest()
    {
        var directory = IpcDirectory.Open(_folder.Path);
        var room = IpcDirectory.LongestPath - directory.Path.Length - 1;
        Assert.That(directory.Endpoint(new string('a', room)), Has.Length.EqualTo("ipc://".Length + 107));
        Assert.That(() => directory.Endpoint(new string('a', room + 1)), Throws.TypeOf<NetMQException>().With.Message.Contain("108 bytes"));
        Assert.That(() => directory.Endpoint(new string('ä', room / 2 + 1)), Throws.TypeOf<NetMQException>(), "Bytes count, not characters.");
    }

    [TestCase("")]
    [TestCase("..")]
    [TestCase("a/b")]
    [TestCase("/etc")]
    [TestCase("a\0b")]
    public void A_name_that_leads_elsewhere_is_refused(string name)
    {
        var directory = IpcDirectory.Open(_folder.Path);
        Assert.That(() => directory.Endpoint(name), Throws.TypeOf<ArgumentException>());
        Assert.That(() => directory.Subfolder(name), Throws.TypeOf<ArgumentException>());
    }

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);
}
