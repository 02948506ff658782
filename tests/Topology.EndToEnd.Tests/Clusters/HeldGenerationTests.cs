using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

/// <summary>A worker is lost while bolts of the others block, no channel has credit left, or another worker stands still: the new generation waits for none of that, and every number is counted.</summary>
public sealed class HeldGenerationTests
{
    private const int Workers = 3;
    private const int Window = 20;
    private const int Channels = 9;

    private ClusterUnderTest _cluster = null!;
    private RelayFiles _files = null!;
    private string _id = "";

    [SetUp]
    public async Task StartAsync()
    {
        _cluster = new ClusterUnderTest();
        _files = new RelayFiles(_cluster.PathOf("relay"));
        await _cluster.StartAsync();
    }

    [TearDown]
    public async Task EndAsync()
    {
        // There is none where the test is skipped for want of libzmq.
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    [Test]
    public async Task Bolts_that_block_without_credit_anywhere_keep_no_generation_from_beginning([Values("ipc", "tcp")] string links)
    {
        await SubmitAsync(links);
        _files.Hold();
        await _cluster.UntilAsync(() => _files.Held.Length == Workers, "a bolt to block in each worker");
        // Of the last channels first, then of those before.
        await _cluster.UntilAsync(_id, d => d.Components.All(c => c.Kind == "spout" || c.QueueDepth > (Channels * Window) - (2 * Channels)), "every channel to be full");
        var victim = await _cluster.ProcessOfAsync(_id, 1);
        victim.Send(ProcessSignal.Kill);
        var next = await _cluster.UntilAsync(_id, d => d.State == "active" && d.Generation == 2 && d.Workers[1].Restarts == 1, "worker 1 to be replaced");
        Assert.That(next.Workers.Where(w => w.Id != 1).Select(w => w.Restarts), Is.All.Zero);
        await _cluster.UntilAsync(() => _files.Held.Length == Workers + 1, "the bolt in the new worker to block");

        _files.Release();
        await _cluster.UntilAsync(_id, d => SpoutOf(d).Acked > SpoutOf(next).Acked + 2_000, "all to go on");
        var ended = await CompleteAsync();
        Assert.That(SpoutOf(ended).FailedByReason.Keys, Is.EqualTo(new[] { "workerLost" }));
        Assert.That(ended.Generation, Is.EqualTo(2));
    }

    [Test]
    public async Task A_worker_that_stands_still_while_another_is_replaced_goes_on_in_the_new_generation([Values("ipc", "tcp")] string links)
    {
        await SubmitAsync(links);
        var (still, victim) = (await _cluster.ProcessOfAsync(_id, 2), await _cluster.ProcessOfAsync(_id, 1));
        still.Send(ProcessSignal.Stop);
        // Two spouts have given it all that it takes.
        await _cluster.UntilAsync(_id, d => SpoutOf(d).Emitted - SpoutOf(d).Acked >= 2 * Window, "rows that wait for it");
        victim.Send(ProcessSignal.Kill);
        await _cluster.UntilAsync(_id, d => d.Workers[1].Pid is { } pid && pid != victim.Identity.Id && d.Workers[1].Endpoint is not null, "worker 1 to be replaced");
        still.Send(ProcessSignal.Continue);
        var next = await _cluster.UntilAsync(_id, d => d.State == "active" && d.Generation == 2, "the new generation");
        Assert.That(next.Workers[2].Pid, Is.EqualTo(still.Identity.Id));
        await _cluster.UntilAsync(_id, d => SpoutOf(d).Acked > SpoutOf(next).Acked + 2_000, "all to go on");
        await CompleteAsync();
    }

    private static ComponentDescription SpoutOf(TopologyDescription description) => description.Components.Single(c => c.Kind == "spout");

    private async Task SubmitAsync(string links)
    {
        _id = await _cluster.SubmitAsync(
            "HoldTopology", Workers, ("folder", _cluster.PathOf("relay")), ("links.transport", links), ("topology.channel-capacity", $"{Window}"), ("topology.max-spout-pending", "1000"));
        await _cluster.UntilAsync(_id, d => SpoutOf(d).Acked > 1_000, "acks");
    }

    private async Task<TopologyDescription> CompleteAsync()
    {
        _files.Stop();
        var ended = await _cluster.UntilAsync(_id, d => d.State == "completed", "the end");
        _files.RequireAll(_files.Numbers(), spouts: 3, wentFurther: true);
        return ended;
    }
}
