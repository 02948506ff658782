using System.Net;
using System.Net.Sockets;
using Topology.Cluster;

namespace Topology.Web.Tests;

public sealed class DaemonProgramTests : DaemonFixture
{
    [Test]
    public async Task SIGTERM_ends_it_cleanly()
    {
        var process = Start(Program.Daemon, Data);
        await DaemonAsync(process);

        process.Send(ProcessSignal.Terminate);
        var exit = await process.Exited.WaitAsync(Limit);

        Assert.That(exit.Code, Is.EqualTo(DaemonExit.Ended), exit.ToString());
        Assert.That(File.Exists(DaemonFile.PathIn(Data)), Is.False);
        using var free = DataDirectory.Open(Data);
    }

    [Test]
    public async Task Whoever_stops_it_has_an_answer_before_it_ends()
    {
        var process = Start(Program.Daemon, Data);
        await DaemonAsync(process);
        using var client = ClusterClient.OfDataDirectory(Data);

        await client.StopAsync();

        Assert.That((await process.Exited.WaitAsync(Limit)).Code, Is.EqualTo(DaemonExit.Ended));
        Assert.That(() => client.InfoAsync(), Throws.TypeOf<ClusterException>().With.Property("Problem").EqualTo(ClusterProblem.Unreachable));
        Assert.That(() => ClusterClient.OfDataDirectory(Data), Throws.TypeOf<ClusterException>().With.Message.Contains("topology up"));
    }

    [Test]
    public async Task A_second_daemon_of_the_directory_ends_with_a_code_of_its_own()
    {
        var complaints = new List<string>();
        using var held = DataDirectory.Open(Data);

        var code = await DaemonProgram.RunAsync(new() { DataDirectory = Data, Complain = complaints.Add }, (_, _) => throw new AssertionException("It was not to start."));

        Assert.That(code, Is.EqualTo(DaemonExit.InUse));
        Assert.That(complaints.Single(), Does.Contain($"process {Environment.ProcessId}"));
    }

    [Test]
    public async Task Nothing_is_started_where_the_address_is_taken()
    {
        var complaints = new List<string>();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = new Uri($"http://{other.LocalEndpoint}");

        var code = await DaemonProgram.RunAsync(new() { DataDirectory = Data, Url = url, Complain = complaints.Add }, (_, _) => throw new AssertionException("It was not to start."));

        Assert.That(code, Is.EqualTo(DaemonExit.Failed));
        Assert.That(complaints.Single(), Does.Contain(url.Authority).And.Contain("--address"));
        Assert.That(File.Exists(DaemonFile.PathIn(Data)), Is.False);
    }

    [Test]
    public async Task Without_an_address_it_takes_the_default_or_a_free_port()
    {
        // Whether or not somebody has the default already: after this, somebody does.
        using var other = new TcpListener(IPAddress.Loopback, ClusterServerOptions.DefaultUrl.Port);
        try
        {
            other.Start();
        }
        catch (SocketException)
        {
            // Somebody had.
        }

        var told = new TaskCompletionSource();
        var cluster = new FakeCluster();
        using var end = new CancellationTokenSource();
        var running = DaemonProgram.RunAsync(new() { DataDirectory = Data, Say = _ => told.TrySetResult() }, (_, _) => Task.FromResult(new RunningDaemon(cluster, cluster.Stopped, new Lifetime(Data))), end.Token);
        await Task.WhenAny(told.Task, running).WaitAsync(Limit);

        Assert.That(DaemonFile.Read(Data)!.Url.Port, Is.Not.EqualTo(ClusterServerOptions.DefaultUrl.Port));
        await end.CancelAsync();
        Assert.That(await running.WaitAsync(Limit), Is.EqualTo(DaemonExit.Ended));
    }

    [Test]
    public async Task A_daemon_that_cannot_start_says_why()
    {
        var complaints = new List<string>();

        var code = await DaemonProgram.RunAsync(new() { DataDirectory = Data, Url = new("http://127.0.0.1:0"), Complain = complaints.Add }, (_, _) => throw new StoreFullException("The disk is full."));

        Assert.That(code, Is.EqualTo(DaemonExit.Failed));
        Assert.That(complaints, Is.EqualTo(new[] { "The disk is full." }));
    }

    [Test]
    public async Task It_serves_until_it_is_told_to_end_and_ends_the_daemon_last()
    {
        var cluster = new FakeCluster();
        var told = new TaskCompletionSource();
        using var end = new CancellationTokenSource();
        var lifetime = new Lifetime(Data);
        var options = new DaemonProgramOptions { DataDirectory = Data, Url = new("http://127.0.0.1:0"), Version = "7.8.9", Say = _ => told.TrySetResult() };
        var running = DaemonProgram.RunAsync(options, (_, _) => Task.FromResult(new RunningDaemon(cluster, cluster.Stopped, lifetime)), end.Token);
        await Task.WhenAny(told.Task, running).WaitAsync(Limit);
        using var client = ClusterClient.OfDataDirectory(Data);

        Assert.That(await client.InfoAsync(), Is.EqualTo(cluster.Info));
        Assert.That(DaemonFile.Read(Data), Is.EqualTo(new DaemonAddress(client.Url, ProcessIdentity.Current, "7.8.9")));
        await end.CancelAsync();

        Assert.That(await running.WaitAsync(Limit), Is.EqualTo(DaemonExit.Ended));
        Assert.That(lifetime.Seen, Is.EqualTo("no file, held"));
    }

    [Test]
    public async Task Nothing_secret_is_in_the_arguments_the_environment_or_the_log()
    {
        var process = Start(Program.Daemon, Data);
        await DaemonAsync(process);
        using (var client = ClusterClient.OfDataDirectory(Data)) await client.InfoAsync();
        var token = TokenFile.Read(Data);

        foreach (var file in new[] { "cmdline", "environ" }) Assert.That(await File.ReadAllTextAsync($"/proc/{process.Identity.Id}/{file}"), Does.Not.Contain(token));
        Assert.That(await File.ReadAllTextAsync(Temporary.PathOf("log")), Does.Not.Contain(token));
        Assert.That(await File.ReadAllTextAsync(DaemonFile.PathIn(Data)), Does.Not.Contain(token));
    }

    /// <summary>Sees, as it ends, what is left of the rest.</summary>
    private sealed class Lifetime(string data) : IAsyncDisposable
    {
        public string Seen { get; private set; } = "";

        public ValueTask DisposeAsync()
        {
            var file = File.Exists(DaemonFile.PathIn(data)) ? "file" : "no file";
            try
            {
                DataDirectory.Open(data).Dispose();
                Seen = $"{file}, free";
            }
            catch (DataDirectoryException)
            {
                Seen = $"{file}, held";
            }

            return ValueTask.CompletedTask;
        }
    }
}
