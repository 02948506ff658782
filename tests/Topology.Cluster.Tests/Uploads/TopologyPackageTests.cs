namespace Topology.Cluster.Tests;

public sealed class TopologyPackageTests : UploadFixture
{
    private static readonly TopologyManifest Manifest = new("Words.dll", ["Words.B", "Words.A"], "1.2.3");

    private string Folder => Temporary.PathOf("build");

    private string Zip => Temporary.PathOf("out.zip");

    [SetUp]
    public void Build()
    {
        Temporary.Write("build/Words.dll", "code");
        Temporary.Write("build/runtimes/linux-x64/native/libé.so", new string('s', 10_000));
        Temporary.Write("build/Words.deps.json", "{}");
    }

    [Test]
    public void What_is_packed_is_what_is_unpacked()
    {
        var package = Pack();
        var bytes = File.ReadAllBytes(Zip);
        Assert.That((package.Id, package.Bytes), Is.EqualTo((ZipBytes.IdOf(bytes), bytes.Length)));

        var directory = Store.Unpack(Upload(bytes));

        Assert.That(Files(directory).Where(file => file.Path != TopologyManifest.FileName), Is.EqualTo(Files(Folder)));
        var manifest = TopologyManifest.Read(directory);
        Assert.That((manifest.Assembly, manifest.ProductVersion), Is.EqualTo((Manifest.Assembly, Manifest.ProductVersion)));
        Assert.That(manifest.Classes, Is.EqualTo(new[] { "Words.A", "Words.B" }));
    }

    [Test]
    public void The_same_content_gives_the_same_id_whatever_its_times_rights_and_order()
    {
        var first = Pack();
        using var other = new TemporaryDirectory();
        foreach (var (path, content) in Files(Folder).Reverse())
        {
            var file = other.Write($"build/{path}", content);
            File.SetLastWriteTimeUtc(file, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var second = TopologyPackage.Pack(other.PathOf("build"), Manifest with { Classes = ["Words.A", "Words.B"] }, other.PathOf("out.zip"), Small);

        Assert.That(second, Is.EqualTo(first));
        using var zip = System.IO.Compression.ZipFile.OpenRead(Zip);
        Assert.That(zip.Entries.Select(entry => (entry.LastWriteTime.Year, entry.ExternalAttributes)).Distinct().Single().Year, Is.EqualTo(1980));
        Assert.That(zip.Entries.Skip(1).Select(entry => entry.FullName), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal).And.Count.EqualTo(3));
    }

    [Test]
    public void Other_content_gives_another_id()
    {
        var first = Pack();
        Temporary.Write("build/Words.dll", "c0de");

        Assert.That(Pack().Id, Is.Not.EqualTo(first.Id));
        Assert.That(TopologyPackage.Pack(Folder, Manifest with { ProductVersion = "2" }, Zip, Small).Id, Is.Not.EqualTo(first.Id));
    }

    [Test]
    public void Progress_is_told_file_by_file()
    {
        var reports = new Reports();

        TopologyPackage.Pack(Folder, Manifest, Zip, Small, reports);

        Assert.That(reports, Is.EqualTo(new[] { new PackageProgress(1, 3, 2, 10_006), new PackageProgress(2, 3, 6, 10_006), new PackageProgress(3, 3, 10_006, 10_006) }));
    }

    [Test]
    public void Packing_that_is_cancelled_leaves_no_zip()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();

        Assert.That(() => TopologyPackage.Pack(Folder, Manifest, Zip, Small, cancellation: cancel.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(File.Exists(Zip), Is.False);
    }

    [Test]
    public void A_folder_over_a_limit_is_refused_before_it_is_sent()
    {
        Refuses(Small with { Entries = 3 }, "3 files", null);
        Refuses(Small with { FileBytes = 9_999 }, "9999", "runtimes/linux-x64/native/libé.so");
        Refuses(Small with { UnpackedBytes = 10_000 }, "10000", "runtimes/linux-x64/native/libé.so");
        Refuses(Small with { PathDepth = 3 }, "4 parts deep", "runtimes/linux-x64/native/libé.so");
        Refuses(Small with { NameBytes = 8 }, "limit is 8", "Words.deps.json");
        Refuses(Small with { PathBytes = 10 }, "limit is 10", "Words.deps.json");
        Refuses(Small with { ZipBytes = 100 }, "limit is 100", null);
    }

    [Test]
    public void Links_and_pipes_are_refused()
    {
        File.CreateSymbolicLink(Path.Combine(Folder, "link"), "/etc/passwd");
        Refuses(Small, "link", "link");
        File.Delete(Path.Combine(Folder, "link"));
        Directory.CreateSymbolicLink(Path.Combine(Folder, "loop"), Folder);
        Refuses(Small, "link", "loop");
        File.Delete(Path.Combine(Folder, "loop"));
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(Folder, "pipe")])) mkfifo.WaitForExit();
        Refuses(Small, "pipe", "pipe");
    }

    [Test]
    public void A_folder_that_is_not_there_or_has_the_manifests_name_is_refused()
    {
        Temporary.Write($"build/{TopologyManifest.FileName}", "mine");
        Refuses(Small, "manifest", TopologyManifest.FileName);
        Assert.That(() => TopologyPackage.Pack(Folder + "-not", Manifest, Zip), Throws.InstanceOf<UploadException>().With.Message.Contains("build the topology"));
    }

    [TestCase("../Words.dll")]
    [TestCase("runtimes/x.dll")]
    [TestCase("Other.dll")]
    [TestCase("")]
    [TestCase("..")]
    public void An_assembly_that_is_not_in_the_packages_root_is_refused(string assembly) =>
        Assert.That(() => TopologyPackage.Pack(Folder, Manifest with { Assembly = assembly }, Zip, Small), Throws.InstanceOf<UploadException>().With.Property("Entry").EqualTo(TopologyManifest.FileName));

    [TestCase("{")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{"assembly":null,"classes":[],"productVersion":"1"}""")]
    [TestCase("""{"assembly":"Words.dll","classes":null,"productVersion":"1"}""")]
    [TestCase("""{"assembly":"Words.dll","classes":[null],"productVersion":"1"}""")]
    [TestCase("""{"assembly":"../Words.dll","classes":[],"productVersion":"1"}""")]
    [TestCase("""{"assembly":"None.dll","classes":[],"productVersion":"1"}""")]
    public void A_manifest_that_says_nothing_of_use_is_refused(string text)
    {
        var directory = Store.Unpack(Upload(ZipBytes.Of(new ZipLie(TopologyManifest.FileName, text), new ZipLie("Words.dll", "x"))));

        Assert.That(() => TopologyManifest.Read(directory), Throws.InstanceOf<UploadException>().With.Message.Contains(TopologyManifest.FileName));
    }

    [Test]
    public void A_package_without_a_manifest_or_with_an_endless_one_is_refused()
    {
        Assert.That(() => TopologyManifest.Read(Folder), Throws.InstanceOf<UploadException>().With.Message.Contains(TopologyManifest.FileName));
        Temporary.Write($"build/{TopologyManifest.FileName}", new string(' ', 65_537));
        Assert.That(() => TopologyManifest.Read(Folder), Throws.InstanceOf<UploadException>().With.Message.Contains("65536"));
    }

    private TopologyPackage Pack() => TopologyPackage.Pack(Folder, Manifest, Zip, Small);

    private void Refuses(UploadLimits limits, string says, string? entry)
    {
        var error = Assert.Throws<UploadException>(() => TopologyPackage.Pack(Folder, Manifest, Zip, limits))!;
        Assert.That(error.Message, Does.Contain(says));
        Assert.That(error.Entry, Is.EqualTo(entry));
        Assert.That(File.Exists(Zip), Is.False);
    }

    private static IEnumerable<(string Path, string Content)> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => (Path.GetRelativePath(folder, file), File.ReadAllText(file))).OrderBy(file => file.Item1, StringComparer.Ordinal);

    private sealed class Reports : List<PackageProgress>, IProgress<PackageProgress>
    {
        public void Report(PackageProgress value) => Add(value);
    }
}
