using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

/// <summary>A topology is drained, rested, dealt to other workers or killed in the middle of its work: every line is counted.</summary>
public sealed class ChangeTests
{
    private const int Files = 8;
    private const int Lines = 1_500;

    private ClusterUnderTest _cluster = null!;
    private string _id = "";

    [SetUp]
    public async Task StartAsync()
    {
        _cluster = new ClusterUnderTest();
        LineFiles.Write(_cluster.PathOf("in"), Files, Lines);
        await _cluster.StartAsync();
        _id = await _cluster.SubmitAsync("Ingest", 2, ("input", _cluster.PathOf("in")), ("pattern", "*.txt"), ("output", _cluster.PathOf("out")), ("topology.max-spout-pending", "60"));
        await _cluster.UntilAsync(_id, d => d.Components[0].Acked > 0, "the first acks");
    }

    [TearDown]
    public async Task EndAsync()
    {
        // There is none where the test is skipped for want of libzmq.
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    [Test]
    public async Task What_was_drained_goes_on_where_it_was_when_it_is_resumed()
    {
        await _cluster.CommandAsync(new TopologyCommand.Drain(_id));
        var drained = await _cluster.UntilAsync(_id, d => d.State == "inactive" && d.Workers.IsEmpty, "draining");
        await _cluster.UntilAsync(() => _cluster.Workers().Length == 0, "its workers to end");
        var rows = LineFiles.Read(_cluster.PathOf("out"));
        Assert.That(rows, Has.Count.EqualTo(drained.Components[0].Acked).And.Count.LessThan(Files * Lines), "All that was in flight was worked off, and there is more.");
        await _cluster.CommandAsync(new TopologyCommand.Resume(_id));
        await CompleteAsync();
        Assert.That(LineFiles.Read(_cluster.PathOf("out")).Values, Is.All.EqualTo(1), "Nothing was in flight, so nothing comes twice.");
    }

    [Test]
    public async Task Spouts_rest_while_it_is_inactive()
    {
        var workers = _cluster.Workers();
        await _cluster.CommandAsync(new TopologyCommand.Deactivate(_id));
        var resting = await _cluster.UntilAsync(_id, d => d.State == "inactive" && d.Components[0].Acked == d.Components[0].Emitted, "what is in flight");
        Assert.That(_cluster.Workers(), Is.EquivalentTo(workers), "Bolts stay as they are.");
        Assert.That(resting.Components[0].Acked, Is.LessThan(Files * Lines));
        await _cluster.CommandAsync(new TopologyCommand.Activate(_id));
        await CompleteAsync();
        Assert.That(LineFiles.Read(_cluster.PathOf("out")).Values, Is.All.EqualTo(1), "No worker has ended, so nothing comes twice.");
    }

    [TestCase(4)]
    [TestCase(1)]
    public async Task It_is_dealt_to_more_or_fewer_workers_while_it_runs(int workers)
    {
        await _cluster.CommandAsync(new TopologyCommand.Rebalance(_id, workers));
        var dealt = await _cluster.UntilAsync(_id, d => d.State == "active" && d.Workers.Length == workers && d.Workers.All(w => w.Pid is not null), "the new workers");
        await _cluster.UntilAsync(() => _cluster.Workers().Length == workers, "the old workers to end");
        await _cluster.UntilAsync(_id, d => d.Components[0].Acked > dealt.Components[0].Acked || d.State == "completed", "it to go on");
        await CompleteAsync();
    }

    [Test]
    public async Task A_kill_that_waits_works_off_what_is_in_flight()
    {
        await _cluster.CommandAsync(new TopologyCommand.Kill(_id, TestCluster.Limit));
        var killed = await _cluster.UntilAsync(_id, d => d.State == "killed", "the end");
        await _cluster.UntilAsync(() => _cluster.Workers().Length == 0, "its workers to end");
        var spout = killed.Components[0];
        Assert.That((spout.Emitted, spout.Failed), Is.EqualTo((spout.Acked, 0)));
        var rows = LineFiles.Read(_cluster.PathOf("out"));
        Assert.That(rows, Has.Count.EqualTo(spout.Acked).And.Count.LessThan(Files * Lines));
        Assert.That(rows.Values, Is.All.EqualTo(1));
    }

    private async Task CompleteAsync()
    {
        await _cluster.UntilAsync(_id, d => d.State == "completed", "the end");
        LineFiles.RequireAll(_cluster.PathOf("out"), Files, Lines);
        await _cluster.UntilAsync(() => _cluster.Workers().Length == 0, "its workers to end");
    }
}
