using System.Text;
using Ingest;

namespace Topology.Topologies.Tests;

public sealed class RowFileTests
{
    private const string Rows = "a:1\tone\na:2\t\na:3\tthr\u00e9e\n";

    [Test]
    public void A_row_that_is_torn_at_any_byte_is_cut_off_and_the_whole_rows_before_it_stay()
    {
        var whole = Encoding.UTF8.GetBytes(Rows);
        for (var length = 0; length <= whole.Length; length++)
        {
            var file = new FaultyFile(whole[..length]);
            using var rows = new RowFile(file);
            var expected = whole.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
            Assert.That((rows.Length, file.Length), Is.EqualTo((expected, expected)), () => $"torn at {length}");
            rows.Append("next\n"u8);
            Assert.That(file.Flushed, Is.EqualTo(whole[..expected].Concat("next\n"u8.ToArray())), () => $"torn at {length}");
        }
    }

    [Test]
    public void A_torn_row_longer_than_a_block_is_cut_off()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("rows", "whole\n" + new string('x', 200_000));
        using (var rows = new RowFile(new DiskFile(path))) Assert.That(rows.Length, Is.EqualTo(6));
        Assert.That(File.ReadAllText(path), Is.EqualTo("whole\n"));
    }

    [Test]
    public void Appended_rows_are_on_disk_when_the_call_returns()
    {
        var file = new FaultyFile();
        using var rows = new RowFile(file);
        rows.Append("one\ntwo\n"u8);
        Assert.That(file.Flushed, Is.EqualTo("one\ntwo\n"u8.ToArray()));
        rows.Append("three\n"u8);
        Assert.That(file.Flushed, Is.EqualTo("one\ntwo\nthree\n"u8.ToArray()));
    }

    [Test]
    public void Rows_that_do_not_fit_leave_nothing_and_the_next_follow_those_before()
    {
        var file = new FaultyFile { Room = 6 };
        using var rows = new RowFile(file);
        rows.Append("one\n"u8);
        Assert.That(() => rows.Append("two\nthree\n"u8), Throws.TypeOf<IOException>());
        Assert.That(file.Text, Is.EqualTo("one\n"));
        file.Room = int.MaxValue;
        rows.Append("four\n"u8);
        Assert.That(file.Text, Is.EqualTo("one\nfour\n"));
    }

    [Test]
    public void Rows_whose_flush_fails_are_taken_back()
    {
        var file = new FaultyFile { FlushFails = true };
        using var rows = new RowFile(file);
        Assert.That(() => rows.Append("one\n"u8), Throws.TypeOf<IOException>());
        file.FlushFails = false;
        rows.Append("two\n"u8);
        Assert.That(file.Text, Is.EqualTo("two\n"));
    }

    [Test]
    public void Nothing_is_written_over_a_tail_that_cannot_be_cut_off()
    {
        var file = new FaultyFile { Room = 20, CutFails = true };
        using var rows = new RowFile(file);
        Assert.That(() => rows.Append("a long row that does not fit\n"u8), Throws.TypeOf<IOException>());
        file.Room = int.MaxValue;
        Assert.That(() => rows.Append("short\n"u8), Throws.TypeOf<IOException>());
        Assert.That(file.Text, Is.EqualTo("a long row that does"));
        file.CutFails = false;
        rows.Append("short\n"u8);
        Assert.That(file.Text, Is.EqualTo("short\n"));
    }

    [Test]
    public void A_file_is_opened_by_one_task_alone()
    {
        using var folder = new TemporaryFolder();
        using var first = new DiskFile(folder.PathOf("rows"));
        Assert.That(() => new DiskFile(folder.PathOf("rows")), Throws.InstanceOf<IOException>());
    }
}
