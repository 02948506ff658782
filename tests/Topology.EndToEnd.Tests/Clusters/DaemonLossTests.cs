using Topology.Cluster;
using Topology.Web;

namespace Topology.EndToEnd.Tests;

/// <summary>A daemon in a process of its own is killed, ended, or taken down: workers and what they have done are still there.</summary>
public sealed class DaemonLossTests
{
    private const int Files = 8;
    private const int Lines = 1_000;
    private const int Workers = 3;

    private DaemonUnderTest _cluster = null!;
    private string _id = "";

    [SetUp]
    public async Task StartAsync()
    {
        _cluster = new DaemonUnderTest();
        LineFiles.Write(_cluster.PathOf("in"), Files, Lines);
        await _cluster.UpAsync();
        _id = await _cluster.SubmitAsync("Ingest", Workers, ("input", _cluster.PathOf("in")), ("pattern", "*.txt"), ("output", _cluster.PathOf("out")), ("topology.max-spout-pending", "50"));
        await _cluster.UntilAsync(_id, d => d.Components[0].Acked > 0, "the first acks");
    }

    [TearDown]
    public async Task EndAsync()
    {
        // There is none where the test is skipped for want of libzmq.
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    [Test]
    public async Task A_daemon_that_is_killed_leaves_its_workers_to_the_next()
    {
        var before = _cluster.Workers();
        await _cluster.Daemon.KillAsync();
        await _cluster.UpAsync();
        var taken = await _cluster.UntilAsync(_id, d => d.State == "active" && d.Workers.All(w => w.UptimeSeconds > 0), "the workers to be taken over");
        Assert.That(taken.Generation, Is.EqualTo(1), "Nobody was lost.");
        Assert.That(_cluster.Workers(), Is.EquivalentTo(before));
        await CompleteAsync();
    }

    [Test]
    public async Task A_daemon_and_a_worker_that_are_killed_cost_a_replay_alone()
    {
        var victim = await _cluster.ProcessOfAsync(_id, 1);
        var others = _cluster.Workers().Where(w => w != victim.Identity).ToArray();
        var daemon = _cluster.Daemon;
        await Task.WhenAll(daemon.KillAsync(), victim.KillAsync());
        await _cluster.UpAsync();
        await _cluster.UntilAsync(_id, d => d.State == "active" && d.Workers.Any(w => w.Id == 1 && w.Restarts == 1), "worker 1 to be replaced");
        Assert.That(_cluster.Workers(), Is.SupersetOf(others), "The others have not died.");
        Assert.That(_cluster.Workers(), Has.Length.EqualTo(Workers), "No orphan.");
        await CompleteAsync();
    }

    [Test]
    public async Task A_daemon_that_is_told_to_end_leaves_its_workers_to_the_next()
    {
        var before = _cluster.Workers();
        var daemon = _cluster.Daemon;
        daemon.Send(ProcessSignal.Terminate);
        await daemon.Exited.WaitAsync(TestCluster.Limit);
        Assert.That(_cluster.Workers(), Is.EquivalentTo(before));
        Assert.That(DaemonFile.ReadLast(_cluster.Data), Is.Null, "It says that it is gone.");
        await _cluster.UpAsync();
        Assert.That(_cluster.Workers(), Is.EquivalentTo(before));
        await CompleteAsync();
    }

    [Test]
    public async Task Down_works_off_what_is_in_flight_and_up_goes_on_from_there()
    {
        var down = await _cluster.RunAsync("down");
        Assert.That(down.Code, Is.Zero, down.Error);
        await _cluster.UntilAsync(() => _cluster.Processes().Count == 0, "no process to be left");
        var rows = LineFiles.Read(_cluster.PathOf("out"));
        Assert.That(rows.Values, Is.All.EqualTo(1));
        Assert.That(rows, Has.Count.LessThan(Files * Lines), "There is something to go on with.");
        await _cluster.UpAsync();
        await CompleteAsync();
        Assert.That(LineFiles.Read(_cluster.PathOf("out")).Values, Is.All.EqualTo(1), "All that was in flight was worked off, so nothing comes twice.");
    }

    private async Task CompleteAsync()
    {
        await _cluster.UntilAsync(_id, d => d.State == "completed", "the end");
        LineFiles.RequireAll(_cluster.PathOf("out"), Files, Lines);
        await _cluster.UntilAsync(() => _cluster.Workers().Length == 0, "no worker to be left");
        Assert.That(_cluster.Processes(), Has.Count.EqualTo(1), "The daemon alone.");
    }
}
