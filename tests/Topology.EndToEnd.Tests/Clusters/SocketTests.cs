using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

/// <summary>The folder of sockets is not as it should be: people are told, and the daemon lives.</summary>
public sealed class SocketTests
{
    private const int Files = 4;
    private const int Lines = 600;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Within it there is room for the daemon's socket and none for a worker's: 107 bytes are the longest path of one.</summary>
    private const int LongFolder = 80;

    private string _sockets = "";
    private ClusterUnderTest _cluster = null!;

    [SetUp]
    public void Start()
    {
        _cluster = new ClusterUnderTest
        {
            Options = options => options with { SocketFolder = _sockets, Master = options.Master with { StartTimeout = TimeSpan.FromSeconds(5) } },
        };
        _sockets = _cluster.PathOf("s");
        LineFiles.Write(_cluster.PathOf("in"), Files, Lines);
    }

    [TearDown]
    public async Task EndAsync()
    {
        // There is none where the test is skipped for want of libzmq.
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    [Test]
    public async Task A_path_that_is_too_long_for_workers_is_named()
    {
        _sockets = _cluster.PathOf("s").PadRight(LongFolder, 's');
        await _cluster.StartAsync();
        var id = await SubmitAsync(("restart.limit", "1"));
        var failed = await _cluster.UntilAsync(id, d => d.State == "failed", "the failure");
        Assert.That(failed.Reason, Does.Contain(_sockets).And.Contain("107 is the most"));
    }

    [Test]
    public async Task A_folder_that_is_not_private_any_more_is_named_and_workers_are_started_again_when_it_is()
    {
        await _cluster.StartAsync();
        var id = await SubmitAsync(("restart.limit", "2"));
        await _cluster.UntilAsync(id, d => d.Components[0].Acked > 0, "the first acks");
        new DirectoryInfo(_sockets).UnixFileMode = Private | UnixFileMode.OtherRead;
        (await _cluster.ProcessOfAsync(id, 1)).Send(ProcessSignal.Kill);
        var failed = await _cluster.UntilAsync(id, d => d.State == "failed", "the failure");
        Assert.That(failed.Reason, Does.Contain(_sockets).And.Contain("chmod 700"));
        await _cluster.UntilAsync(() => _cluster.Workers().Length == 0, "its workers to end");

        new DirectoryInfo(_sockets).UnixFileMode = Private;
        await CompleteAsync(await SubmitAsync());
    }

    [Test]
    public async Task A_folder_that_is_taken_away_is_there_again_with_the_next_daemon()
    {
        await _cluster.StartAsync();
        var id = await SubmitAsync();
        await _cluster.UntilAsync(id, d => d.Components[0].Acked > 0, "the first acks");
        Directory.Move(_sockets, _cluster.PathOf("away"));
        (await _cluster.ProcessOfAsync(id, 1)).Send(ProcessSignal.Kill);
        await _cluster.UntilAsync(id, d => d.Reason?.Contains("did not announce itself", StringComparison.Ordinal) == true, "the reason to be told");
        await _cluster.StopAsync();
        await _cluster.StartAsync();
        await CompleteAsync(id);
    }

    private Task<string> SubmitAsync(params (string, string)[] more) =>
        _cluster.SubmitAsync("Ingest", 2, [("input", _cluster.PathOf("in")), ("pattern", "*.txt"), ("output", _cluster.PathOf("out")), ("topology.max-spout-pending", "20"), .. more]);

    private async Task CompleteAsync(string id)
    {
        await _cluster.UntilAsync(id, d => d.State == "completed", "the end");
        LineFiles.RequireAll(_cluster.PathOf("out"), Files, Lines);
    }
}
