using System.Text;

namespace Topology.Cluster.Tests;

public sealed class UploadStoreTests : UploadFixture
{
    private static readonly byte[] Zip = ZipBytes.Of(new ZipLie("a.dll", "code"), new ZipLie("sub/b.txt", "text"), new ZipLie("empty/"));

    [Test]
    public void An_upload_is_there_when_it_is_complete_and_not_before()
    {
        var id = ZipBytes.IdOf(Zip);
        using (var upload = Store.Begin(id))
        {
            foreach (var part in Zip.Chunk(7)) upload.Append(part);
            Assert.That(Store.Contains(id), Is.False);
            Assert.That(() => Store.Unpack(id), Throws.InstanceOf<UploadException>().With.Message.Contains("no upload"));
            upload.Complete();
        }

        Assert.That(Store.Contains(id));
        Assert.That(Store.List(), Is.EqualTo(new[] { id }));
        Assert.That(File.ReadAllBytes(Temporary.PathOf("uploads", "zips", $"{id}.zip")), Is.EqualTo(Zip));
        Assert.That((Store.Bytes, Open().Bytes), Is.EqualTo((Zip.Length, Zip.Length)));
    }

    [Test]
    public void Other_content_than_was_announced_is_refused_and_leaves_nothing()
    {
        using var upload = Store.Begin(ZipBytes.IdOf([1]));
        upload.Append(Zip);

        Assert.That(upload.Complete, Throws.InstanceOf<UploadException>().With.Message.Contains(ZipBytes.IdOf(Zip).Text).And.Message.Contains(upload.Announced.Text));
        Assert.That(() => upload.Append(Zip), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(Directory.EnumerateFiles(Temporary.PathOf("uploads"), "*", SearchOption.AllDirectories), Is.Empty);
        Assert.That(Store.Bytes, Is.Zero);
    }

    [Test]
    public void An_upload_that_is_given_up_leaves_nothing()
    {
        using (var upload = Store.Begin(ZipBytes.IdOf(Zip))) upload.Append(Zip);

        Assert.That(Directory.EnumerateFiles(Temporary.PathOf("uploads"), "*", SearchOption.AllDirectories), Is.Empty);
        Assert.That(Store.Bytes, Is.Zero);
    }

    [Test]
    public void An_upload_ends_at_the_first_byte_over_the_limit()
    {
        using var upload = Store.Begin(ZipBytes.IdOf(Zip));
        upload.Append(new byte[200_000]);

        Assert.That(() => upload.Append([1]), Throws.InstanceOf<UploadException>().With.Message.Contains("200000"));
        Assert.That(Directory.EnumerateFiles(Temporary.PathOf("uploads"), "*", SearchOption.AllDirectories), Is.Empty);
        Assert.That(Store.Bytes, Is.Zero);
    }

    [Test]
    public void All_uploads_together_have_a_limit()
    {
        for (var n = 0; n < 15; n++) Upload(Encoding.ASCII.GetBytes($"{n}".PadRight(200_000)));

        using var upload = Store.Begin(ZipBytes.IdOf(Zip));
        Assert.That(() => upload.Append([1]), Throws.InstanceOf<UploadException>().With.Message.Contains("3000000"));
        Assert.That(Store.Bytes, Is.EqualTo(3_000_000));
    }

    [Test]
    public void What_is_unpacked_counts_as_well()
    {
        for (var n = 0; n < 14; n++) Upload(Encoding.ASCII.GetBytes($"{n}".PadRight(200_000)));

        var error = Assert.Throws<UploadException>(() => Store.Unpack(Upload(ZipBytes.Of(ZipLie.Deflated("large", new byte[250_000])))));

        Assert.That(error!.Message, Does.Contain("3000000"));
        Assert.That(Directory.EnumerateFileSystemEntries(Temporary.PathOf("uploads", "unpacked")), Is.Empty);
    }

    [Test]
    public void Only_so_many_are_received_at_a_time()
    {
        using var first = Store.Begin(ZipBytes.IdOf(Zip));
        var second = Store.Begin(ZipBytes.IdOf(Zip));

        Assert.That(() => Store.Begin(ZipBytes.IdOf(Zip)), Throws.InstanceOf<UploadException>().With.Message.Contains("limit"));
        second.Dispose();
        second.Dispose();
        using var third = Store.Begin(ZipBytes.IdOf(Zip));
        Assert.That(() => Store.Begin(ZipBytes.IdOf(Zip)), Throws.InstanceOf<UploadException>());
    }

    [Test]
    public void Two_uploads_of_the_same_content_at_the_same_time_both_succeed()
    {
        using var first = Store.Begin(ZipBytes.IdOf(Zip));
        using var second = Store.Begin(ZipBytes.IdOf(Zip));
        first.Append(Zip);
        second.Append(Zip);
        first.Complete();
        var directory = Store.Unpack(first.Announced);
        second.Complete();

        Assert.That(Store.Unpack(first.Announced), Is.EqualTo(directory));
        Assert.That(Store.List(), Has.Count.EqualTo(1));
        Assert.That((Store.Bytes, Open().Bytes), Is.EqualTo((Zip.Length + 8, Zip.Length + 8)));
    }

    [Test]
    public void Threads_that_upload_and_unpack_the_same_content_get_the_same()
    {
        var directories = new string[2];
        Parallel.For(0, 2, n =>
        {
            for (var again = 0; again < 20; again++) directories[n] = Store.Unpack(Upload(Zip));
        });

        Assert.That(directories[0], Is.EqualTo(directories[1]));
        Assert.That((Store.Bytes, Open().Bytes), Is.EqualTo((Zip.Length + 8, Zip.Length + 8)));
        Assert.That(Directory.EnumerateFileSystemEntries(Temporary.PathOf("uploads", "incoming")), Is.Empty);
    }

    [Test]
    public void After_a_crash_before_the_end_no_upload_is_visible_and_the_rest_is_cleared_away()
    {
        // A process that dies leaves what it has written and runs nothing more: the same as leaving the objects be.
        var upload = Store.Begin(ZipBytes.IdOf(Zip));
        upload.Append(Zip);
        Temporary.Write("uploads/incoming/unpacking/sub/file", "half");
        File.SetUnixFileMode(Temporary.PathOf("uploads", "incoming", "unpacking", "sub"), UnixFileMode.UserRead);

        var reopened = Open();

        Assert.That(reopened.List(), Is.Empty);
        Assert.That(reopened.Contains(upload.Announced), Is.False);
        Assert.That(reopened.Bytes, Is.Zero);
        Assert.That(Directory.EnumerateFileSystemEntries(Temporary.PathOf("uploads", "incoming")), Is.Empty);
        upload.Dispose();
    }

    [Test]
    public void An_unpacked_upload_is_read_only_and_private()
    {
        var directory = Store.Unpack(Upload(Zip));

        Assert.That(File.ReadAllText(Path.Combine(directory, "sub/b.txt")), Is.EqualTo("text"));
        Assert.That(Directory.EnumerateFileSystemEntries(directory, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(directory, path)), Is.EquivalentTo(new[] { "a.dll", "sub", "sub/b.txt", "empty" }));
        const UnixFileMode ReadOnlyFile = UnixFileMode.UserRead, ReadOnlyDirectory = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        foreach (var path in new[] { directory, Path.Combine(directory, "sub"), Path.Combine(directory, "empty") }) Assert.That(File.GetUnixFileMode(path), Is.EqualTo(ReadOnlyDirectory), path);
        foreach (var path in new[] { "a.dll", "sub/b.txt" }) Assert.That(File.GetUnixFileMode(Path.Combine(directory, path)), Is.EqualTo(ReadOnlyFile), path);
    }

    [Test]
    public void What_nothing_refers_to_is_deleted_after_the_grace()
    {
        var (used, unused) = (Upload(Zip), Upload(ZipBytes.Of(new ZipLie("c.dll", "more"))));
        var directory = Store.Unpack(unused);
        HashSet<UploadId> referenced = [used];
        Time.Advance(Store.Limits.Grace);
        Assert.That(Store.DeleteUnreferenced(referenced), Is.Empty, "a submit may be under way");
        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(Store.DeleteUnreferenced(referenced), Is.EqualTo(new[] { unused }));

        Assert.That(Directory.Exists(directory), Is.False);
        Assert.That(Store.List(), Is.EqualTo(new[] { used }));
        Assert.That(Store.Bytes, Is.EqualTo(Zip.Length));
    }

    [Test]
    public void To_send_it_again_renews_the_grace()
    {
        Upload(Zip);
        Time.Advance(Store.Limits.Grace * 2);
        Upload(Zip);

        Assert.That(Store.DeleteUnreferenced(new HashSet<UploadId>()), Is.Empty);
    }

    [TestCase("../../../../etc/passwd")]
    [TestCase("")]
    [TestCase(null)]
    [TestCase("ABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCD")]
    [TestCase("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/")]
    [TestCase("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n")]
    public void What_is_no_id_is_never_a_path(string? text)
    {
        Assert.That(() => UploadId.Parse(text), Throws.InstanceOf<UploadException>());
        Assert.That(UploadId.TryParse(text, out _), Is.False);
    }
}
