using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

/// <summary>User code that does not do what it should: people are told what is wrong, and everything else goes on.</summary>
public sealed class UserCodeTests
{
    private ClusterUnderTest _cluster = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _cluster = new ClusterUnderTest { Options = options => options with { PlanLimit = TimeSpan.FromSeconds(5) } };
        await _cluster.StartAsync();
    }

    [TearDown]
    public async Task EndAsync()
    {
        // There is none where the test is skipped for want of libzmq.
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    [TestCase("prepare", "thrown in Prepare on purpose")]
    [TestCase("open", "thrown in Open on purpose")]
    public async Task What_throws_before_it_runs_fails_after_its_restarts_and_says_why(string where, string what)
    {
        var failed = await FailAsync("ThrowingTopology", ("where", where));
        Assert.That(failed.Reason, Does.Contain(what).And.Contain("restart.limit"));
        Assert.That(failed.Workers.Sum(w => w.Restarts), Is.LessThanOrEqualTo(2 * 2));
    }

    [Test]
    public async Task A_topology_that_is_built_differently_each_time_fails_and_says_why()
    {
        var failed = await FailAsync("ChangingTopology", ("built", _cluster.PathOf("built")));
        Assert.That(failed.Reason, Does.Match("component \"end\" is a bolt with [0-9]+ tasks in the worker, and was a bolt with 1 task\\.").And.Contain("settings alone"));
    }

    [Test]
    public async Task An_assembly_that_is_missing_in_a_worker_is_named()
    {
        var failed = await FailAsync(Lacking, ("where", "needs in prepare"));
        Assert.That(failed.Reason, Does.Contain("YamlDotNet"));
    }

    [TestCase("needs in build", "YamlDotNet")]
    [TestCase("build", "thrown in Build on purpose")]
    public async Task What_cannot_be_planned_is_refused(string where, string what)
    {
        var outcome = await _cluster.TrySubmitAsync(Lacking, 1, ("where", where));
        Assert.That(outcome.Verdict, Is.EqualTo(CommandVerdict.Invalid));
        Assert.That(outcome.Message, Does.Contain(what));
        await NothingIsLeftAsync();
    }

    [Test]
    public async Task A_Build_that_does_not_return_is_ended_and_refused()
    {
        var outcome = await _cluster.TrySubmitAsync("BlockingTopology", 1);
        Assert.That(outcome.Verdict, Is.EqualTo(CommandVerdict.Invalid));
        Assert.That(outcome.Message, Is.EqualTo("Build did not return within 5 s"));
        await NothingIsLeftAsync();
    }

    private BuiltTopology Lacking => BuiltTopology.Of("ThrowingTopology").Without("YamlDotNet.dll", _cluster.PathOf("lacking"));

    private Task<TopologyDescription> FailAsync(string topology, params (string, string)[] settings) => FailAsync(BuiltTopology.Of(topology), settings);

    private async Task<TopologyDescription> FailAsync(BuiltTopology topology, params (string, string)[] settings)
    {
        var outcome = await _cluster.TrySubmitAsync(topology, 2, [.. settings, ("restart.limit", "2"), ("restart.delay", "1ms")]);
        Assert.That(outcome.Verdict, Is.EqualTo(CommandVerdict.Accepted), outcome.Message);
        var failed = await _cluster.UntilAsync(outcome.Topology!, d => d.State == "failed", "the failure");
        await _cluster.UntilAsync(() => _cluster.Workers().Length == 0, "its workers to end");
        return failed;
    }

    private async Task NothingIsLeftAsync()
    {
        Assert.That(await _cluster.Service.ListAsync(), Is.Empty);
        Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(_cluster.Data, "plans")), Is.Empty);
        Assert.That(_cluster.Processes(), Is.Empty);
    }
}
