using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

/// <summary>The test kit's cluster of processes, used as its users use it.</summary>
public sealed class ProcessClusterTests
{
    private const int Files = 4;
    private const int Lines = 1_000;
    private const int Workers = 2;

    private DirectoryInfo _folder = null!;
    private ProcessCluster _cluster = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("tpc-");
        try
        {
            _cluster = await ProcessCluster.StartAsync();
        }
        catch (Messaging.NetMQException missing)
        {
            Assert.Ignore(missing.Message);
        }
    }

    [TearDown]
    public async Task EndAsync()
    {
        // There is none where the test is skipped for want of libzmq.
        if (_cluster is not null) await _cluster.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Test]
    public async Task A_topology_of_the_tests_own_runs_in_other_processes_and_completes()
    {
        var run = await _cluster.SubmitAsync<GreetingTopology>(Workers, settings: Settings(("times", "100")));
        var end = await run.Completion.WaitAsync(TestCluster.Limit);
        Assert.That((end.State, end.Name, end.Components[0].Acked), Is.EqualTo(("completed", "greeting", 100)), end.Reason);
        var said = (await run.LogsAsync()).Where(line => line.Component == "stdout").Select(line => line.Text);
        Assert.That(said, Is.EquivalentTo(Enumerable.Range(0, 100).Select(person => $"hello {person}")));
        Assert.That(await run.ErrorsAsync(), Is.Empty);
    }

    [Test]
    public async Task No_line_is_lost_with_a_worker_that_is_killed()
    {
        var run = await IngestAsync(pending: "20");
        await run.UntilAsync(now => now.Components[0].Acked > 0);
        var killed = await run.KillWorkerAsync(1);
        Assert.That(ProcessList.Naming(_cluster.Folder).Select(p => p.Process.Id), Has.None.EqualTo(killed));
        var again = await run.UntilAsync(now => now.State == "active" && now.Workers.Any(w => w.Id == 1 && w.Restarts == 1 && w.Pid is not null));
        Assert.That(again.Workers.Select(w => w.Pid), Has.None.EqualTo(killed));
        var end = await run.Completion.WaitAsync(TestCluster.Limit);
        Assert.That((end.State, end.Workers.Length), Is.EqualTo(("completed", 0)), end.Reason);
        LineFiles.RequireAll(OutputFolder, Files, Lines);
    }

    [Test]
    public async Task It_rests_and_goes_on_and_is_stopped_with_nothing_in_flight()
    {
        var run = await IngestAsync(pending: "20");
        await run.UntilAsync(now => now.Components[0].Acked > 0);
        await run.DeactivateAsync();
        var resting = await run.UntilAsync(now => now.State == "inactive" && now.Components[0].Acked == now.Components[0].Emitted);
        await run.ActivateAsync();
        await run.UntilAsync(now => now.Components[0].Acked > resting.Components[0].Acked);
        var stopped = await run.StopAsync().WaitAsync(TestCluster.Limit);
        Assert.That((stopped.State, stopped.Workers.Length), Is.EqualTo(("killed", 0)));
        Assert.That(LineFiles.Read(OutputFolder), Has.Count.EqualTo(stopped.Components[0].Acked).And.Count.LessThan(Files * Lines));
        Assert.That(LineFiles.Read(OutputFolder).Values, Is.All.EqualTo(1));
    }

    [Test]
    public async Task What_cannot_run_is_refused_with_every_error()
    {
        var refused = await Assert.ThrowsAsync<InvalidTopologyException>(() => _cluster.SubmitAsync<GreetingTopology>(settings: Settings(("links.transport", "pigeon"))));
        Assert.That(refused!.Errors, Has.Count.EqualTo(1).And.One.Contains("links.transport"));
        refused = await Assert.ThrowsAsync<InvalidTopologyException>(() => _cluster.SubmitAsync<GreetingTopology>());
        Assert.That(refused!.Message, Does.Contain("times"));
    }

    [Test]
    public async Task What_is_waited_for_in_vain_says_how_it_is_instead()
    {
        var run = await _cluster.SubmitAsync<GreetingTopology>(1, settings: Settings(("times", "1")), active: false);
        var late = await Assert.ThrowsAsync<TimeoutException>(() => run.UntilAsync(now => now.State == "active", TimeSpan.FromMilliseconds(100)));
        Assert.That(late!.Message, Does.Contain("greeting is inactive"));
        await run.KillAsync().WaitAsync(TestCluster.Limit);
        var ended = await Assert.ThrowsAsync<TopologyException>(() => run.UntilAsync(now => now.State == "active"));
        Assert.That(ended!.Message, Does.Contain("greeting is killed"));
    }

    [Test]
    public async Task Nothing_is_left_of_what_ran_to_the_end()
    {
        var run = await IngestAsync(pending: "1");
        await run.UntilAsync(now => now.Components[0].Acked > 0);
        var waiting = run.UntilAsync(now => now.State == "completed");
        Assert.That(ProcessList.Naming(_cluster.Folder).Count(p => p.CommandLine.Contains("__worker", StringComparison.Ordinal)), Is.EqualTo(Workers));
        await _cluster.DisposeAsync();
        Assert.That(ProcessList.Naming(_cluster.Folder).Where(p => p.Process.Id != Environment.ProcessId), Is.Empty);
        Assert.That(Directory.Exists(_cluster.Folder), Is.False);
        Assert.That((await run.Completion).State, Is.EqualTo("killed"));
        Assert.That(async () => await waiting, Throws.InstanceOf<TopologyException>().Or.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await _cluster.SubmitAsync<GreetingTopology>(), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void A_program_that_is_not_there_is_named()
    {
        var missing = Path.Combine(_folder.FullName, "Topology.Cli.dll");
        Assert.That(async () => await ProcessCluster.StartAsync(new ProcessClusterOptions { Program = missing }), Throws.InstanceOf<ProcessException>().With.Message.Contains(missing));
        Assert.That(() => WorkerExecutable.Find(path: null, _folder.FullName), Throws.InstanceOf<ProcessException>().With.Message.Contains("refer to Topology.Cli in this project"));
        File.WriteAllText(missing, "");
        Assert.That(() => WorkerExecutable.Find(missing, ""), Throws.InstanceOf<ProcessException>().With.Message.Contains("Topology.Cli.runtimeconfig.json"));
    }

    private string OutputFolder => Path.Combine(_folder.FullName, "out");

    private Task<ProcessRun> IngestAsync(string pending)
    {
        var input = Path.Combine(_folder.FullName, "in");
        LineFiles.Write(input, Files, Lines);
        var ingest = BuiltTopology.Of("Ingest");
        return _cluster.SubmitAsync(ingest.Path, ingest.Class, Workers, settings: Settings(("input", input), ("pattern", "*.txt"), ("output", OutputFolder), ("topology.max-spout-pending", pending)));
    }

    private static Dictionary<string, string> Settings(params (string Name, string Value)[] settings) => settings.ToDictionary(s => s.Name, s => s.Value);
}
