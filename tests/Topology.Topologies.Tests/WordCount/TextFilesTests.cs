using System.Diagnostics;
using System.Runtime.Versioning;
using WordCount;

namespace Topology.Topologies.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TextFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingLogger _log = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void A_file_is_its_own_list_whatever_the_pattern()
    {
        var file = _folder.Write("a.txt", "x");
        Assert.That(TextFiles.Find(new TextInput(file, "*.md", 100), _log), Is.EqualTo(new[] { file }));
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

    private IEnumerable<string> Find(string pattern) =>
        TextFiles.Find(new TextInput(_folder.Path, pattern, 100), _log).Select(f => Path.GetRelativePath(_folder.Path, f));
}
