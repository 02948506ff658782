using Ingest;
using Topology.Testing;

namespace Topology.Topologies.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StoreBoltTests : IDisposable
{
    private static readonly BoltTesterOptions Input = new() { Inputs = [new TestInput("parse", ["row"])] };

    private readonly TemporaryFolder _folder = new();
    private readonly FaultyFile _file = new();
    private readonly BoltTester _bolt;

    public StoreBoltTests() => _bolt = new BoltTester(new StoreBolt(_folder.Path, _ => _file), Input);

    public void Dispose()
    {
        _bolt.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Rows_are_held_until_a_tick_has_them_flushed_together()
    {
        foreach (var row in new[] { "a", "b", "c" }) _bolt.Execute(row);
        Assert.That((_bolt.Held.Length, _file.Length), Is.EqualTo((3, 0)));
        _bolt.Tick();
        Assert.That(_bolt.Acked, Has.Length.EqualTo(3));
        Assert.That(_file.Flushed, Is.EqualTo("a\nb\nc\n"u8.ToArray()));
        Assert.That(_file.Flushes, Is.EqualTo(1));
        _bolt.Tick();
        Assert.That(_file.Flushes, Is.EqualTo(1), "there was nothing to flush");
    }

    [Test]
    public void Many_rows_are_flushed_without_a_tick()
    {
        for (var i = 0; i < 4_095; i++) _bolt.Execute("x");
        Assert.That(_bolt.Acked, Is.Empty);
        _bolt.Execute("x");
        Assert.That((_bolt.Acked.Length, _file.Length), Is.EqualTo((4_096, 2 * 4_096)));
    }

    [Test]
    public void Large_rows_are_flushed_without_a_tick()
    {
        _bolt.Execute(new string('x', 256 * 1024 - 2));
        Assert.That(_bolt.Acked, Is.Empty);
        _bolt.Execute("");
        Assert.That(_bolt.Acked, Has.Length.EqualTo(2));
    }

    [Test]
    public void On_a_full_disk_rows_fail_with_a_report_and_come_through_when_there_is_room()
    {
        _bolt.Execute("a");
        _bolt.Tick();
        _file.Room = 3;
        foreach (var row in new[] { "b", "c" }) _bolt.Execute(row);
        _bolt.Tick();

        Assert.That(_bolt.Failed, Has.Length.EqualTo(2));
        Assert.That(_bolt.Failed[0].Reason?.Detail, Does.Contain("2 rows could not be written to").And.Contains("rows-0.tsv").And.Contains("No space left"));
        Assert.That(_bolt.Errors.Single().Error.Message, Does.Contain("No space left"));
        Assert.That(_file.Text, Is.EqualTo("a\n"));

        _file.Room = int.MaxValue;
        _bolt.Execute("c");
        _bolt.Tick();
        Assert.That(_bolt.Acked, Has.Length.EqualTo(2));
        Assert.That(_file.Text, Is.EqualTo("a\nc\n"));
    }

    [Test]
    public void No_row_is_acked_whose_flush_failed()
    {
        _file.FlushFails = true;
        _bolt.Execute("a");
        _bolt.Tick();
        Assert.That((_bolt.Acked.Length, _bolt.Failed.Length), Is.EqualTo((0, 1)));
    }

    [Test]
    public void Rows_that_were_forgotten_do_not_keep_the_others_from_their_ack()
    {
        _bolt.Execute("a");
        Assert.That(() => _bolt.Advance(TimeSpan.FromSeconds(60)), Throws.TypeOf<TestFailureException>().With.Message.Contains("forgotten"));
        _bolt.Execute("b");
        _bolt.Tick();
        Assert.That((_bolt.Acked.Length, _bolt.Failed.Length), Is.EqualTo((1, 1)));
    }
}
