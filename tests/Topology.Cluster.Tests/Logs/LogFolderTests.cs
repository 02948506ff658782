namespace Topology.Cluster.Tests;

public sealed class LogFolderTests
{
    private TempLogs _logs = null!;

    [SetUp]
    public void CreateFolder() => _logs = new();

    [TearDown]
    public void DeleteFolder() => _logs.Dispose();

    [TestCase("..")]
    [TestCase("../x")]
    [TestCase("/etc/passwd")]
    [TestCase("a/b")]
    [TestCase("a\\b")]
    [TestCase("%2e%2e")]
    [TestCase("..%5c")]
    [TestCase("%252f")]
    [TestCase(".hidden")]
    [TestCase("-f")]
    [TestCase("a\0b")]
    [TestCase("a\nb")]
    [TestCase("")]
    public void A_name_that_could_lead_elsewhere_is_no_name(string name)
    {
        Assert.That(() => _logs.Folder.CurrentFile(name), Throws.InstanceOf<ArgumentException>());
        Assert.That(async () => await LogReader.ReadAsync(_logs.Folder, new() { Logs = [name] }).ToListAsync(), Throws.InstanceOf<ArgumentException>());
    }

    [Test]
    public void Logs_are_found_by_their_files()
    {
        _logs.Write("b", 1, "");
        _logs.Write("a.b", 2, "");
        _logs.Write("a.b", 3, "");
        foreach (var other in new[] { "notes.txt", "a.1.log", "a.log", ".x.000001.log", ".000001.log" }) File.WriteAllText(Path.Combine(_logs.Path, other), "");
        Directory.CreateDirectory(Path.Combine(_logs.Path, "c.000001.log"));

        Assert.That(_logs.Folder.Names(), Is.EqualTo(new[] { "a.b", "b" }));
        Assert.That(_logs.Folder.CurrentFile("a.b"), Does.EndWith("/a.b.000003.log"));
        Assert.That(_logs.Folder.CurrentFile("new"), Does.EndWith("/new.000001.log"));
        Assert.That(_logs.Folder.CurrentFile("a"), Does.EndWith("/a.000001.log"), "a.b is another");
    }

    [Test]
    public async Task Links_and_what_is_no_file_are_not_read()
    {
        var outside = Path.Combine(_logs.Path, "secret.txt");
        await File.WriteAllTextAsync(outside, "secret\n");
        // Another, since a file that has a hard link is refused for that alone.
        await File.WriteAllTextAsync(outside + "2", "secret\n");
        File.CreateSymbolicLink(_logs.Folder.PathOf("soft", 1), outside + "2");
        using (var link = System.Diagnostics.Process.Start("/bin/ln", [outside, _logs.Folder.PathOf("hard", 1)])) await link.WaitForExitAsync();
        using (var pipe = System.Diagnostics.Process.Start("/usr/bin/mkfifo", [_logs.Folder.PathOf("pipe", 1)])) await pipe.WaitForExitAsync();
        File.CreateSymbolicLink(_logs.Folder.PathOf("device", 1), "/dev/zero");
        Assert.That(File.Exists(_logs.Folder.PathOf("hard", 1)));

        Assert.That(await LogReader.ReadAsync(_logs.Folder, new()).ToListAsync(), Is.Empty);
    }

    [Test]
    public void A_folder_that_is_not_there_has_no_logs() => Assert.That(new LogFolder(Path.Combine(_logs.Path, "none")).Names(), Is.Empty);
}
