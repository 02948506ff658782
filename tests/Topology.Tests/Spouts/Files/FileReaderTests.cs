using System.Runtime.Versioning;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Topology.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FileReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingLogger _log = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void Every_file_is_read_to_its_end_and_then_there_is_no_more()
    {
        _folder.Write("b", "two\n");
        _folder.Write("a", "one");
        using var reader = Open();
        Assert.That(reader.IsAtEnd, Is.False);
        Assert.That(Read(reader).Select(p => (p.File, p.Line, p.Text)), Is.EqualTo(new[] { ("a", 1L, "one"), ("b", 1L, "two\n") }));
        Assert.That(reader.IsAtEnd);
        Assert.That(reader.TryRead(out _), Is.False);
        Assert.That(_log.Lines, Is.Empty);
    }

    [Test]
    public void A_binary_file_is_skipped_with_a_warning()
    {
        _folder.Write("a", "one");
        _folder.Write("b", "two\0");
        _folder.Write("c", "three");
        using var reader = Open();
        Assert.That(Read(reader).Select(p => p.Text), Is.EqualTo(new[] { "one", "three" }));
        Assert.That(_log.Lines.Single(), Does.StartWith("Warning:").And.Contains(_folder.PathOf("b")).And.Contains("zero byte"));
    }

    [Test]
    public void A_zero_byte_behind_the_first_8_KiB_makes_no_binary_file()
    {
        _folder.Write("a", new string('x', 8 * 1024) + "\0");
        using var reader = Open();
        Assert.That(Read(reader), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_file_that_is_gone_is_skipped_with_a_warning()
    {
        _folder.Write("a", "one");
        _folder.Write("b", "two");
        using var reader = Open();
        File.Delete(_folder.PathOf("a"));
        Assert.That(Read(reader).Select(p => p.Text), Is.EqualTo(new[] { "two" }));
        Assert.That(_log.Lines.Single(), Does.StartWith("Warning:").And.Contains(_folder.PathOf("a")));
    }

    [Test]
    [SupportedOSPlatform("linux")]
    public void A_file_that_fails_while_it_is_read_is_skipped_with_a_warning()
    {
        // The kernel refuses to read a process's memory at address 0, whoever asks.
        using var reader = Open(new FilesInput("/proc/self/mem"));
        Assert.That(Read(reader), Is.Empty);
        Assert.That(_log.Lines.Single(), Does.StartWith("Warning: /proc/self/mem is skipped because it cannot be read"));
    }

    [Test]
    public void Pieces_make_up_the_files_whatever_their_lengths_and_tell_where_they_begin()
    {
        var texts = Gen.ArrayOf(Gen.Frequency((4, Gen.Elements('a', 'é')), (1, Gen.Constant('\n')))).Select(c => new string(c));
        var cases = Gen.Zip(texts, Gen.Choose(1, 9)).Select(c => (Text: c.Item1, Limit: c.Item2)).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(cases, test =>
        {
            var bytes = Encoding.UTF8.GetBytes(test.Text);
            var file = _folder.Write("a", bytes);
            using var reader = Open(new FilesInput(file, MaxPieceBytes: test.Limit));
            var pieces = Read(reader);
            return string.Concat(pieces.Select(p => p.Text)) == (test.Limit == 1 ? Encoding.Latin1.GetString(bytes) : test.Text)
                && pieces.All(p => p.Line == 1 + bytes.AsSpan(0, (int)p.Offset).Count((byte)'\n'))
                && pieces.All(p => p.Text.Length > 0 && p.Text.IndexOf('\n') is var end && (end < 0 || end == p.Text.Length - 1));
        }));
    }

    [Test]
    public void A_line_that_just_fits_stays_whole_and_a_longer_one_is_cut_with_one_warning()
    {
        var file = _folder.Write("a", "0123456789\n" + new string('w', 25) + "\n" + new string('v', 20) + "\n");
        using var reader = Open(new FilesInput(file, MaxPieceBytes: 10));
        Assert.That(Read(reader).Select(p => (p.Line, p.Text.Length)), Is.EqualTo(new[] { (1L, 11), (2L, 10), (2L, 10), (2L, 6), (3L, 10), (3L, 11) }));
        Assert.That(_log.Lines.Select(l => l[..16]), Is.EqualTo(new[] { "Warning: Line 2 ", "Warning: Line 3 " }));
    }

    [Test]
    public void A_line_longer_than_the_buffer_is_read_whole()
    {
        var line = new string('w', 200_000);
        _folder.Write("a", $"{line}\n{line}");
        using var reader = Open();
        Assert.That(Read(reader).Select(p => p.Text), Is.EqualTo(new[] { line + "\n", line }));
    }

    private FileReader Open(FilesInput? input = null)
    {
        var files = input ?? new FilesInput(_folder.Path);
        // At a limit of one byte no character of several bytes fits, so that its bytes come apart.
        FileReader.Decoder decode = files.MaxPieceBytes == 1 ? Encoding.Latin1.GetString : Encoding.UTF8.GetString;
        return new(InputFiles.Find(files, _log), files.MaxPieceBytes, (ahead, _) => ahead.IndexOf((byte)'\n') + 1, decode, _log);
    }

    private static List<FilePiece> Read(FileReader reader)
    {
        var read = new List<FilePiece>();
        while (reader.TryRead(out var piece)) read.Add(piece);
        return read;
    }
}
