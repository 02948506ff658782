using System.Diagnostics;
using System.Runtime.Versioning;

namespace Topology.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InputFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingLogger _log = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void A_file_is_its_own_list_whatever_the_pattern()
    {
        var file = _folder.Write("a.txt", "x");
        var found = InputFiles.Find(new FilesInput(file, "*.md"), _log).Single();
        Assert.That((found.Path, found.Name, found.Index), Is.EqualTo((file, "a.txt", 0)));
    }

    [Test]
    public void A_folder_gives_the_matching_files_below_it_in_ordinal_order()
    {
        foreach (var name in new[] { "b/copyright", "a/deep/er/copyright", "copyright", "B/copyright", ".hidden/copyright", "a/copyrights", "a/Copyright" })
            _folder.Write(name, "x");

        var expected = new[] { ".hidden/copyright", "B/copyright", "a/deep/er/copyright", "b/copyright", "copyright" };
        Assert.That(Find("copyright"), Is.EqualTo(expected));
    }

    [TestCase("*", new[] { "a.md", "b.mdx", "c" })]
    [TestCase("*.md", new[] { "a.md" })]
    [TestCase("?.md*", new[] { "a.md", "b.mdx" })]
    public void A_pattern_has_wild_characters(string pattern, string[] names)
    {
        foreach (var name in new[] { "a.md", "b.mdx", "c" }) _folder.Write(name, "x");
        Assert.That(Find(pattern), Is.EqualTo(names));
    }

    [Test]
    public void Symbolic_links_are_not_followed()
    {
        var file = _folder.Write("real/a", "x");
        File.CreateSymbolicLink(_folder.PathOf("link"), file);
        Directory.CreateSymbolicLink(_folder.PathOf("loop"), _folder.Path);
        Assert.That(Find("*"), Is.EqualTo(new[] { "real/a" }));
    }

    [Test]
    public void Empty_files_are_left_out()
    {
        _folder.Write("empty", "");
        Assert.That(Find("*"), Is.Empty);
    }

    [Test]
    [Platform("Linux")]
    public void Pipes_are_left_out()
    {
        _folder.Write("a", "x");
        using (var mkfifo = Process.Start("mkfifo", [_folder.PathOf("pipe")])) mkfifo.WaitForExit();
        Assert.That(File.Exists(_folder.PathOf("pipe")));
        Assert.That(Find("*"), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    [SupportedOSPlatform("linux")]
    public void A_folder_that_cannot_be_read_is_skipped_with_a_warning()
    {
        if (Environment.IsPrivilegedProcess) Assert.Ignore("Permissions do not bind this user.");
        _folder.Write("a", "x");
        var closed = Directory.CreateDirectory(_folder.PathOf("closed"), UnixFileMode.None);
        try
        {
            Assert.That(Find("*"), Is.EqualTo(new[] { "a" }));
            Assert.That(_log.Lines.Single(), Does.StartWith("Warning: A folder is skipped").And.Contains("closed"));
        }
        finally
        {
            closed.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        }
    }

    [Test]
    public void A_folder_without_a_match_is_told_of()
    {
        Assert.That(Find("*"), Is.Empty);
        Assert.That(_log.Lines.Single(), Does.StartWith("Warning: No file in").And.Contains("'*'"));
    }

    [Test]
    public void The_hash_of_a_file_changes_with_the_files_before_it_and_not_with_those_after_it()
    {
        foreach (var name in new[] { "b", "d" }) _folder.Write(name, "x");
        var before = HashOf("d");
        _folder.Write("e", "x");
        Assert.That(HashOf("d"), Is.EqualTo(before));
        _folder.Write("c", "x");
        var after = HashOf("d");
        Assert.That(after, Is.Not.EqualTo(before));
        File.Move(_folder.PathOf("b"), _folder.PathOf("a"));
        Assert.That(HashOf("d"), Is.Not.EqualTo(before).And.Not.EqualTo(after));

        ulong HashOf(string name) => InputFiles.Find(new FilesInput(_folder.Path), _log).Single(f => f.Name == name).ListHash;
    }

    private IEnumerable<string> Find(string pattern) =>
        InputFiles.Find(new FilesInput(_folder.Path, pattern), _log).Select(f => f.Name);
}
