using System.Globalization;
using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

/// <summary>What dies costs a replay and nothing else: every input is counted, whoever is killed and when.</summary>
public sealed class LossTests
{
    private const int Files = 12;
    private const int Lines = 1_200;
    private const int Workers = 3;

    private ClusterUnderTest _cluster = null!;
    private string _id = "";

    [SetUp]
    public async Task StartAsync()
    {
        _cluster = new ClusterUnderTest();
        LineFiles.Write(_cluster.PathOf("in"), Files, Lines);
        await _cluster.StartAsync();
    }

    [TearDown]
    public async Task EndAsync()
    {
        // There is none where the test is skipped for want of libzmq.
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    [Test]
    public async Task Every_worker_in_turn_can_be_killed([Values("ipc", "tcp")] string links)
    {
        await SubmitAsync(links);
        for (var worker = 0; worker < Workers; worker++) await KillAsync(worker);
        var description = await CompleteAsync();
        Assert.That(description.Workers.Length, Is.Zero.Or.EqualTo(Workers));
        Assert.That(description.Generation, Is.GreaterThanOrEqualTo(1 + Workers));
    }

    [Test]
    public async Task Two_workers_can_be_killed_at_once()
    {
        await SubmitAsync();
        await KillAsync(0, 2);
        await KillAsync(1, 2);
        await CompleteAsync();
    }

    [Test]
    public async Task A_daemon_that_ends_leaves_its_workers_to_the_next()
    {
        await SubmitAsync();
        var before = await PidsAsync();
        await _cluster.StopAsync();
        await _cluster.StartAsync();
        var taken = await _cluster.UntilAsync(_id, d => d.State == "active" && d.Workers.All(w => w.UptimeSeconds > 0), "the workers to be taken over");
        Assert.That(taken.Workers.Select(w => w.Pid), Is.EqualTo(before));
        Assert.That(taken.Generation, Is.EqualTo(1), "Nobody was lost.");
        await CompleteAsync();
    }

    [Test]
    public async Task A_worker_that_dies_while_there_is_no_daemon_is_replaced_by_the_next()
    {
        await SubmitAsync();
        var victim = await _cluster.ProcessOfAsync(_id, 1);
        await _cluster.StopAsync();
        await victim.KillAsync();
        await _cluster.StartAsync();
        await _cluster.UntilAsync(_id, d => d.Workers.Any(w => w.Id == 1 && w.Restarts == 1), "worker 1 to be replaced");
        await CompleteAsync();
    }

    [Test]
    public async Task A_worker_that_is_stopped_is_killed_and_replaced()
    {
        await _cluster.StopAsync();
        _cluster.Options = options => options with { Master = options.Master with { SilentAfter = TimeSpan.FromSeconds(3) } };
        await _cluster.StartAsync();
        await SubmitAsync();
        var victim = await _cluster.ProcessOfAsync(_id, 1);
        victim.Send(ProcessSignal.Stop);
        await _cluster.UntilAsync(_id, d => d.Workers.Any(w => w.Id == 1 && w.Restarts == 1 && w.Pid is not null), "worker 1 to be replaced");
        Assert.That(victim.Exited.IsCompleted, Is.True, "Nothing takes its place before it is seen dead.");
        await CompleteAsync();
    }

    // Few trees at a time, so that there is something to do while workers are killed.
    private async Task SubmitAsync(string links = "ipc")
    {
        _id = await _cluster.SubmitAsync(
            "Ingest", Workers, ("input", _cluster.PathOf("in")), ("pattern", "*.txt"), ("output", _cluster.PathOf("out")), ("topology.max-spout-pending", "100"), ("links.transport", links));
        await _cluster.UntilAsync(_id, d => d.Components[0].Acked > 0, "the first acks");
    }

    private async Task<int?[]> PidsAsync() => [.. (await _cluster.DescribeAsync(_id)).Workers.Select(w => w.Pid)];

    private async Task KillAsync(params int[] workers)
    {
        var before = await PidsAsync();
        var acked = (await _cluster.DescribeAsync(_id)).Components[0].Acked;
        foreach (var worker in workers) (await _cluster.ProcessOfAsync(_id, worker)).Send(ProcessSignal.Kill);
        await _cluster.UntilAsync(
            _id,
            d => d.State == "completed" || (d.State == "active" && workers.All(worker => d.Workers[worker].Pid is { } pid && pid != before[worker]) && d.Components[0].Acked > acked),
            string.Create(CultureInfo.InvariantCulture, $"workers {string.Join(" and ", workers)} to be replaced"));
    }

    private async Task<TopologyDescription> CompleteAsync()
    {
        var description = await _cluster.UntilAsync(_id, d => d.State == "completed", "the end");
        LineFiles.RequireAll(_cluster.PathOf("out"), Files, Lines);
        return description;
    }
}
