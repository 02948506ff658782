using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

/// <summary>A supervisor of what would be another host, linked through loopback TCP: topologies run over both, and whatever is lost costs a replay and nothing else.</summary>
public sealed class JoinTests
{
    private const string Other = "other";
    private const int Spouts = 3;

    private ClusterUnderTest _cluster = null!;
    private JoinedSupervisor _other = null!;
    private RelayFiles _files = null!;
    private string _id = "";

    [SetUp]
    public async Task StartAsync()
    {
        _cluster = new ClusterUnderTest
        {
            Options = options => options with
            {
                Listening = new HostListening("tcp://127.0.0.1:*", "127.0.0.1"),
                // Six seconds for a worker without its supervisor, six until a supervisor without its master begins to kill, fourteen until the master gives it up.
                Master = options.Master with { Lease = new LeaseTimes(TimeSpan.FromSeconds(14), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(6)) },
            },
        };
        await _cluster.StartAsync();
        _other = new JoinedSupervisor(_cluster, Other);
        await _other.JoinAsync();
    }

    [TearDown]
    public async Task EndAsync()
    {
        // There is none where the test is skipped for want of libzmq.
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    [Test]
    public async Task A_topology_runs_over_both_hosts_and_every_number_is_counted()
    {
        await SubmitAsync();
        var running = await _cluster.DescribeAsync(_id);
        Assert.That(running.Workers.CountBy(w => w.Host), Is.EquivalentTo(new Dictionary<string, int> { ["local"] = 2, [Other] = 2 }), "They are dealt evenly.");
        Assert.That(running.Workers.Select(w => w.Endpoint), Is.All.StartsWith("tcp://127.0.0.1:"));
        Assert.That(_other.Workers(), Has.Length.EqualTo(2));
        Assert.That(_other.State()!.UsedSlots, Is.EqualTo(2));
        Assert.That(Directory.GetDirectories(Path.Combine(_other.Data, "uploads", "unpacked")), Has.Length.EqualTo(1), "It has fetched the code.");
        await CompleteAsync();
        await _cluster.UntilAsync(() => _cluster.Workers().Length == 0, "no worker to be left");
    }

    [Test]
    public async Task A_worker_of_another_host_that_is_killed_is_replaced()
    {
        await SubmitAsync();
        var worker = (await _cluster.DescribeAsync(_id)).Workers.First(w => w.Host == Other).Id;
        (await _cluster.ProcessOfAsync(_id, worker)).Send(ProcessSignal.Kill);
        await _cluster.UntilAsync(_id, d => d.State == "active" && d.Workers[worker].Restarts == 1, $"worker {worker} to be replaced");
        await CompleteAsync();
    }

    [Test]
    public async Task The_workers_of_a_supervisor_that_is_killed_are_taken_up_by_its_next_life()
    {
        await SubmitAsync();
        var before = _other.Workers();
        await _other.Process.KillAsync();
        Assert.That(_other.Workers(), Is.EquivalentTo(before), "They live on.");
        await _other.StartAsync();
        // Longer than the grace that they would else have had.
        await OutliveAsync(TimeSpan.FromSeconds(7));
        Assert.That(_other.Workers(), Is.EquivalentTo(before));
        Assert.That((await _cluster.DescribeAsync(_id)).Generation, Is.EqualTo(1), "Nobody was lost.");
        await (await _cluster.ProcessOfAsync(_id, (await _cluster.DescribeAsync(_id)).Workers.First(w => w.Host == Other).Id)).KillAsync();
        await _cluster.UntilAsync(_id, d => d.State == "active" && d.Workers.Any(w => w.Restarts == 1), "the new life to see one dead, and to start another");
        await CompleteAsync();
    }

    [Test]
    public async Task The_workers_of_a_lost_host_are_dead_before_others_take_their_place()
    {
        await SubmitAsync();
        var before = _other.Workers();
        await _other.Process.KillAsync();
        await GiveUpAsync(before);
        Assert.That(_other.State()!.IsAway, Is.True);
        await CompleteAsync();
    }

    [Test]
    public async Task A_supervisor_that_is_forgotten_kills_its_workers_before_others_take_their_place()
    {
        await SubmitAsync();
        var before = _other.Workers();
        Assert.That(await _cluster.Service.ForgetSupervisorAsync("local"), Is.False, "It has not joined.");
        Assert.That(await _cluster.Service.ForgetSupervisorAsync(Other), Is.True);
        await GiveUpAsync(before);
        Assert.That(_other.Process.Exited.IsCompleted, Is.False, "It was let in no more, and lives.");
        await CompleteAsync();
        Assert.That(_other.State(), Is.Null);
    }

    [Test]
    public async Task A_supervisor_that_was_stopped_beyond_its_lease_comes_back_with_nothing()
    {
        await SubmitAsync();
        var before = _other.Workers();
        _other.Process.Send(ProcessSignal.Stop);
        await GiveUpAsync(before);
        _other.Process.Send(ProcessSignal.Continue);
        await _cluster.UntilAsync(() => _other.State() is { IsAway: false }, "it to join again");
        Assert.That(_other.State()!.UsedSlots, Is.Zero, "What was given to others stays with them.");
        Assert.That(_other.Workers(), Is.Empty);
        await CompleteAsync();
        // And it is as good as before.
        await SubmitAsync("again");
        Assert.That(_other.Workers(), Has.Length.EqualTo(2));
        await CompleteAsync();
    }

    [Test]
    public async Task A_daemon_that_is_started_again_finds_both_hosts_as_they_were()
    {
        await SubmitAsync();
        var before = _cluster.Workers();
        var endpoint = (await _cluster.Service.InviteAsync())!.Endpoint;
        var options = _cluster.Options;
        _cluster.Options = o => options(o) with { Listening = new HostListening(endpoint, "127.0.0.1") };
        await _cluster.StopAsync();
        await _cluster.StartAsync();
        var taken = await _cluster.UntilAsync(_id, d => d.State == "active" && d.Workers.All(w => w.UptimeSeconds > 0), "the workers to be taken over");
        Assert.That(taken.Generation, Is.EqualTo(1), "Nobody was lost.");
        Assert.That(_cluster.Workers(), Is.EquivalentTo(before));
        await _cluster.UntilAsync(() => _other.State() is { IsAway: false }, "the supervisor to be back");
        await CompleteAsync();
    }

    // Numbers that pass from worker to worker until they are told to stop.
    private async Task SubmitAsync(string folder = "relay")
    {
        _files = new RelayFiles(_cluster.PathOf(folder));
        _id = await _cluster.SubmitAsync("RelayTopology", 4, ("folder", _cluster.PathOf(folder)), ("topology.max-spout-pending", "200"));
        await _cluster.UntilAsync(_id, d => d.State == "active" && d.Components[0].Acked > 0, "the first acks");
    }

    /// <summary>Waits until the master has given the other host up, and sees that nothing of it lives at that moment.</summary>
    private async Task GiveUpAsync(ProcessIdentity[] before)
    {
        Assert.That(before, Is.Not.Empty);
        var living = -1;
        await _cluster.UntilAsync(
            _id,
            d =>
            {
                if (d.Workers.Any(w => w.Host == Other)) return false;
                living = before.Count(worker => worker.Life == ProcessLife.Alive);
                return d.State == "active";
            },
            "the host to be given up");
        Assert.That(living, Is.Zero, "A replacement and what it replaces never run at once.");
    }

    private async Task OutliveAsync(TimeSpan time)
    {
        var until = TimeProvider.System.GetTimestamp();
        await _cluster.UntilAsync(() => TimeProvider.System.GetElapsedTime(until) > time, "time to pass");
    }

    private async Task CompleteAsync()
    {
        var acked = (await _cluster.UntilAsync(_id, d => d.State == "active", "it to run")).Components[0].Acked;
        await _cluster.UntilAsync(_id, d => d.Components[0].Acked > acked + 100, "acks of all that is there now");
        _files.Stop();
        var ended = await _cluster.UntilAsync(_id, d => d.State == "completed", "the end");
        _files.RequireAll(_files.Numbers(), Spouts, wentFurther: ended.Generation > 1);
    }
}
