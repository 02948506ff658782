namespace Topology.Cluster.Tests;

/// <summary>Zips that someone has made to do harm. Each is refused with the entry at fault and the limit, and leaves nothing.</summary>
public sealed class ZipUnpackerTests : UploadFixture
{
    private static readonly string[] Paths =
    [
        "../evil", "a/../../evil", "a/..", "..", ".", "a/./b", "/etc/passwd", "//x", "a//b", "C:/evil", "c:evil", "..\\evil", "a\\b", "a\0b", "a\nb", "\u0001", "", "/",
        "name-that-is-longer-than-22", "a/b/c/d/e", "12345678901234567890/12345678901234567890/1234567890",
    ];

    private static readonly (string First, string Second)[] Collisions = [("a", "a"), ("a.dll", "A.DLL"), ("x/a", "X/b"), ("a", "a/b"), ("a/b", "a"), ("a/", "a"), ("a/", "a/")];

    private static readonly int[] Types = [0xA1FF, 0x21B6, 0x61B6, 0x11B6, 0xC1B6, 0x41ED, 0xF000];

    // By number: a test's name cannot hold what these do.
    [Test]
    public void A_path_that_could_lead_elsewhere_or_is_too_long_is_refused([Range(0, 20)] int which)
    {
        var path = Paths[which];
        var error = Refused(ZipBytes.Of(new ZipLie("fine", "x"), new ZipLie(path, "x")));

        Assert.That(error.Entry, Is.EqualTo(path));
        Assert.That(error.Message, Does.Not.Contain("\0").And.Not.Contain("\n"), "names from outside go to terminals");
        Assert.That(File.Exists(Temporary.PathOf("evil")) || File.Exists(Temporary.PathOf("uploads", "evil")), Is.False);
    }

    [Test]
    public void Two_entries_for_one_place_are_refused([Range(0, 6)] int which)
    {
        var (first, second) = Collisions[which];

        Assert.That(Refused(ZipBytes.Of(new ZipLie(first, first.EndsWith('/') ? "" : "1"), new ZipLie(second, second.EndsWith('/') ? "" : "2"))).Entry, Is.EqualTo(second));
    }

    [TestCaseSource(nameof(Types))]
    public void What_is_no_plain_file_is_refused(int mode) =>
        Assert.That(Refused(ZipBytes.Of(new ZipLie("fine", "x"), new ZipLie("entry", "/etc/passwd") { UnixMode = mode })).Entry, Is.EqualTo("entry"));

    [Test]
    public void Plain_files_and_directories_are_taken_with_their_types()
    {
        var directory = Store.Unpack(Upload(ZipBytes.Of(new ZipLie("d/") { UnixMode = 0x41ED }, new ZipLie("d/f", "x") { UnixMode = 0x8FFF })));

        Assert.That(File.GetUnixFileMode(Path.Combine(directory, "d/f")), Is.EqualTo(UnixFileMode.UserRead), "neither executable nor set-user-id");
    }

    [Test]
    public void Too_many_entries_are_refused()
    {
        var entries = Enumerable.Range(0, 21).Select(n => new ZipLie($"f{n}", "x")).ToArray();

        Assert.That(Refused(ZipBytes.Of(entries)).Message, Does.Contain("21").And.Contain("20"));
        Store.Unpack(Upload(ZipBytes.Of(entries[..20])));
    }

    [Test]
    public void A_directory_that_declares_fewer_entries_than_it_has_is_refused()
    {
        var zip = ZipBytes.Of([.. Enumerable.Range(0, 1_000).Select(n => new ZipLie($"f{n}", ""))]);
        zip[^14] = zip[^12] = 2;
        zip[^13] = zip[^11] = 0;

        Assert.That(Refused(zip).Message, Does.Contain("directory"));
    }

    [Test]
    public void A_file_that_is_too_large_is_refused_by_what_it_declares() =>
        Assert.That(Refused(ZipBytes.Of(ZipLie.Deflated("large", new byte[300_001]))), Has.Property("Entry").EqualTo("large").And.Message.Contains("300000"));

    [Test]
    public void Files_that_are_too_large_together_are_refused()
    {
        var chance = new Random(1);
        var entries = Enumerable.Range(0, 9).Select(n => ZipLie.Deflated($"f{n}", [.. Enumerable.Range(0, 290_000).Select(at => (byte)(at % 15 == 0 ? chance.Next(256) : 0))])).ToArray();
        Assert.That(ZipBytes.Of(entries[..3]), Has.Length.LessThan(200_000).And.Length.GreaterThan(50_000));
        entries = [.. Enumerable.Range(0, 9).Select(n => ZipLie.Deflated($"f{n}", [.. Enumerable.Range(0, 290_000).Select(at => (byte)(at % 40 == 0 ? chance.Next(256) : 0))]))];

        Assert.That(Refused(ZipBytes.Of(entries)), Has.Property("Entry").EqualTo("f8").And.Message.Contains("2500000"));
    }

    [Test]
    public void A_bomb_is_refused_by_its_ratio() =>
        Assert.That(Refused(ZipBytes.Of([.. Enumerable.Range(0, 6).Select(n => ZipLie.Deflated($"zeros{n}", new byte[300_000]))])).Message, Does.Contain("50 times"));

    [Test]
    public void Entries_that_share_their_bytes_are_refused()
    {
        // The second entry, header and all, is the content of the first: both are in order, each by itself.
        var inner = new ZipLie("b", "shared");
        var content = ZipBytes.Of(inner)[..37];
        var outer = new ZipLie("a") { Packed = content, PackedBytes = 37, Bytes = 37, Crc = Crc32.Append(0, content) };

        Assert.That(Refused(ZipBytes.Of(outer, inner with { Offset = 31 })), Has.Property("Entry").EqualTo("b").And.Message.Contains("another entry"));
    }

    [TestCase(-1, "more than")]
    [TestCase(1, "declares")]
    public void A_file_of_another_length_than_declared_is_refused(int off, string says)
    {
        var entry = ZipLie.Deflated("liar", new byte[1_000]);

        Assert.That(Refused(ZipBytes.Of(new ZipLie("fine", "x"), entry with { Bytes = (uint)(entry.Bytes + off) })), Has.Property("Entry").EqualTo("liar").And.Message.Contains(says));
    }

    [Test]
    public void A_file_that_declares_nothing_and_is_enormous_is_stopped_at_its_first_byte()
    {
        var entry = ZipLie.Deflated("liar", new byte[50_000_000]);

        Assert.That(Refused(ZipBytes.Of(entry with { Bytes = 0 })).Message, Does.Contain("more than the 0 bytes"));
    }

    private static IEnumerable<ZipLie> Lies()
    {
        var entry = ZipLie.Deflated("liar", "some text that is deflated"u8.ToArray());
        yield return entry with { Crc = 1 };
        yield return entry with { Packed = [.. Enumerable.Repeat((byte)0xFF, entry.Packed.Length)] };
        yield return entry with { PackedBytes = 1_000_000 };
        yield return entry with { PackedBytes = uint.MaxValue };
        yield return entry with { Bytes = uint.MaxValue };
        yield return entry with { Offset = uint.MaxValue };
        yield return entry with { Offset = 1_000_000 };
        yield return entry with { Offset = 3 };
        yield return entry with { OwnName = "lier" };
        yield return entry with { Method = 12 };
        yield return entry with { Method = 0 };
        yield return entry with { Flags = 1 };
        yield return entry with { Name = "l\u00EFar" };
        yield return entry with { Name = "l\u00EFar", Flags = 0x800 };
        yield return entry with { Name = "liar/" };
    }

    [Test]
    public void A_header_that_lies_is_refused([Range(0, 14)] int which)
    {
        var lie = Lies().ElementAt(which);

        Assert.That(Refused(ZipBytes.Of(new ZipLie("fine", "x"), lie)).Message, Does.Contain(lie.Name));
    }

    [Test]
    public void Every_truncation_and_every_tail_is_refused()
    {
        var zip = ZipBytes.Of(new ZipLie("a", "x"), ZipLie.Deflated("b", new byte[100]));
        using var directory = new TemporaryDirectory();
        var unpacker = new ZipUnpacker(Small);
        for (var length = 0; length < zip.Length; length++) Assert.That(() => unpacker.Check(new MemoryStream(zip, 0, length)), Throws.InstanceOf<UploadException>(), $"{length} bytes");
        Assert.That(() => unpacker.Check(new MemoryStream([.. zip, 0])), Throws.InstanceOf<UploadException>());
        Assert.That(() => unpacker.Check(new MemoryStream([0, .. zip])), Throws.InstanceOf<UploadException>());
        Assert.That(() => unpacker.Check(new MemoryStream(zip)), Throws.Nothing);
    }

    [Test]
    public void Any_flipped_byte_is_refused_or_does_no_harm()
    {
        var zip = ZipBytes.Of(new ZipLie("a", "x"), new ZipLie("d/") { UnixMode = 0x41ED }, ZipLie.Deflated("d/b", new byte[100]) with { UnixMode = 0x81A4 });
        var chance = new Random(7);
        for (var n = 0; n < 200; n++)
        {
            var damaged = (byte[])zip.Clone();
            damaged[chance.Next(zip.Length)] = (byte)chance.Next(256);
            using var directory = new TemporaryDirectory();
            Directory.CreateDirectory(directory.PathOf("in"));
            var unpacker = new ZipUnpacker(Small);
            try
            {
                using var stream = new MemoryStream(damaged);
                unpacker.Unpack(stream, unpacker.Check(stream).Items, directory.PathOf("in"));
            }
            catch (UploadException)
            {
                // As it should be.
            }

            Assert.That(Directory.EnumerateFileSystemEntries(directory.Root), Has.Exactly(1).Items);
        }
    }
}
