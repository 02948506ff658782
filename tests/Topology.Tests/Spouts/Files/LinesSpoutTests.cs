using System.Text;

namespace Topology.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LinesSpoutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualPosition _position = new();
    private readonly List<LinesSpout> _spouts = [];

    public void Dispose()
    {
        foreach (var spout in _spouts) spout.Close();
        _folder.Dispose();
    }

    [Test]
    public void Each_line_comes_with_its_file_and_its_number()
    {
        _folder.Write("b/c", "three\n");
        _folder.Write("a", "one\n\ntwo\n");
        var (_, output, _) = Open();
        Assert.That(Rows(output), Is.EqualTo(new[] { "a:1 one", "a:2 ", "a:3 two", "b/c:1 three" }));
    }

    [Test]
    public void A_last_line_without_a_line_feed_is_a_line_like_any_other()
    {
        _folder.Write("a", "one\ntwo");
        _folder.Write("b", "three");
        Assert.That(Rows(Open().Output), Is.EqualTo(new[] { "a:1 one", "a:2 two", "b:1 three" }));
    }

    [Test]
    public void Nothing_but_a_line_feed_ends_a_line()
    {
        _folder.Write("a", Encoding.UTF8.GetBytes("one\r\ntwo\rtwo\u0085two\u2028two\ftwo\n"));
        Assert.That(Rows(Open().Output), Is.EqualTo(new[] { "a:1 one\r", "a:2 two\rtwo\u0085two\u2028two\ftwo" }));
    }

    [Test]
    public void Bytes_are_read_as_UTF_8_and_what_is_none_is_replaced()
    {
        _folder.Write("a", [(byte)'x', 0xC3, 0xA9, 0xFF, (byte)'y', 0xC3]);
        Assert.That(Rows(Open().Output), Is.EqualTo(new[] { "a:1 x\u00e9\ufffdy\ufffd" }));
    }

    [Test]
    public void Tasks_share_the_files_by_their_place_in_the_list()
    {
        foreach (var name in new[] { "a", "b", "c", "d", "e" }) _folder.Write(name, name);
        Assert.That(Rows(Open(0, 2).Output), Is.EqualTo(new[] { "a:1 a", "c:1 c", "e:1 e" }));
        Assert.That(Rows(Open(1, 2).Output), Is.EqualTo(new[] { "b:1 b", "d:1 d" }));
    }

    [Test]
    public void A_fresh_spout_goes_on_at_the_first_line_that_is_open_wherever_that_is([Range(0, 7)] int open)
    {
        _folder.Write("a", "one\ntwo\nthr\u00e9e");
        _folder.Write("b", "\0 no text");
        _folder.Write("c", "four\n\nsix\nseven\n");
        var (spout, output, _) = Open();
        var rows = Rows(output);
        Assert.That(rows, Has.Length.EqualTo(7));
        foreach (var (number, tuple) in output.Tuples.Index()) if (number != open) output.Ack(tuple.Id);
        spout.CommitPosition();

        var (fresh, again, _) = Open();
        Assert.That(Rows(again), Is.EqualTo(rows[open..]));
        Assert.That(fresh.IsExhausted);
        foreach (var tuple in again.Tuples) again.Ack(tuple.Id);
        fresh.CommitPosition();
        Assert.That(_position.Committed[^1].Number, Is.EqualTo(7));
        Assert.That(Rows(Open().Output), Is.Empty);
    }

    [Test]
    public void Each_of_several_tasks_goes_on_where_it_was()
    {
        foreach (var name in new[] { "a", "b", "c", "d" }) _folder.Write(name, $"{name}1\n{name}2\n");
        var (spout, output, _) = Open(1, 2);
        foreach (var tuple in output.Tuples.Take(3)) output.Ack(tuple.Id);
        spout.CommitPosition();
        Assert.That(Rows(Open(1, 2).Output), Is.EqualTo(new[] { "d:2 d2" }));
    }

    [Test]
    public void Files_that_come_after_the_place_are_read_and_nothing_again()
    {
        _folder.Write("b", "one\n");
        ReadAll();
        _folder.Write("c", "two\n");
        var (_, output, log) = Open();
        Assert.That(Rows(output), Is.EqualTo(new[] { "c:1 two" }));
        Assert.That(log, Is.Empty);
    }

    [TestCase("a", null)]
    [TestCase(null, "b")]
    [TestCase(null, "c")]
    public void Files_that_come_or_go_up_to_the_place_have_everything_read_again(string? comes, string? goes)
    {
        foreach (var name in new[] { "b", "c" }) _folder.Write(name, $"{name}\n");
        ReadAll();
        if (comes is not null) _folder.Write(comes, $"{comes}\n");
        if (goes is not null) File.Delete(_folder.PathOf(goes));

        var (spout, output, log) = Open();
        var expected = new[] { "a", "b", "c" }.Where(name => File.Exists(_folder.PathOf(name)));
        Assert.That(Rows(output), Is.EqualTo(expected.Select(name => $"{name}:1 {name}")));
        Assert.That(log.Single(), Does.StartWith("Warning:").And.Contains("everything is read again"));
        foreach (var tuple in output.Tuples) output.Ack(tuple.Id);
        spout.CommitPosition();
        Assert.That(_position.Committed.Select(p => p.Number), Is.Ordered.And.Unique, "the number goes on from the old one");
        Assert.That(Rows(Open().Output), Is.Empty);
    }

    [Test]
    public void Another_number_of_tasks_has_everything_read_again()
    {
        foreach (var name in new[] { "a", "b" }) _folder.Write(name, name);
        ReadAll();
        Assert.That(Rows(Open(0, 2).Output), Is.EqualTo(new[] { "a:1 a" }));
    }

    [Test]
    public void A_position_of_another_kind_of_spout_has_everything_read_again()
    {
        _folder.Write("a", "one");
        _position.Commit(new SpoutPosition(5, "something else"u8.ToArray()));
        Assert.That(Rows(Open().Output), Is.EqualTo(new[] { "a:1 one" }));
    }

    [Test]
    public void A_file_that_became_shorter_than_the_place_in_it_is_read_again()
    {
        _folder.Write("a", "one\ntwo\n");
        ReadAll();
        _folder.Write("a", "new\n");
        var (_, output, log) = Open();
        Assert.That(Rows(output), Is.EqualTo(new[] { "a:1 new" }));
        Assert.That(log.Single(), Does.Contain("shorter than it was"));
    }

    [Test]
    public void The_payload_of_the_longest_path_fits()
    {
        var position = new FilePosition(1, 0, 0, 1, new string('\u20ac', 4_095 / 3));
        Assert.That(position.ToPayload(), Has.Length.LessThan(SpoutPosition.MaxPayloadBytes));
        Assert.That(FilePosition.TryParse(position.ToPayload(), out var read));
        Assert.That(read, Is.EqualTo(position));
    }

    private void ReadAll()
    {
        var (spout, output, _) = Open();
        foreach (var tuple in output.Tuples) output.Ack(tuple.Id);
        spout.CommitPosition();
    }

    /// <summary>Opens a spout where the position is, and has it emit all that there is.</summary>
    private (LinesSpout Spout, PendingOutput Output, List<string> Log) Open(int index = 0, int count = 1)
    {
        var spout = new LinesSpout(new FilesInput(_folder.Path));
        _spouts.Add(spout);
        var context = new ManualSpoutContext { Kept = _position, Index = index, Count = count };
        spout.Open(context);
        var output = new PendingOutput(spout);
        spout.NextTuple(output);
        context.Log.Lines.RemoveAll(line => line.Contains("zero byte", StringComparison.Ordinal));
        return (spout, output, context.Log.Lines);
    }

    private static string[] Rows(PendingOutput output) =>
        [.. output.Tuples.Select(t => $"{t.Values[0].AsString()}:{t.Values[1].AsInt64()} {t.Values[2].AsString()}")];
}
