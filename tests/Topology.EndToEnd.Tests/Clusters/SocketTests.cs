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
    public async Task A_folder_that_is_taken_away_under_a_running_daemon_is_made_again_and_workers_find_each_other()
    {
        await _cluster.StartAsync();
        var id = await SubmitAsync();
        await _cluster.UntilAsync(id, d => d.Components[0].Acked > 0, "the first acks");
        var before = Sockets();
        Directory.Delete(_sockets, recursive: true);
        await _cluster.UntilAsync(() => Directory.Exists(_sockets) && Sockets().SequenceEqual(before), "the sockets of the daemon and its workers to be there again");
        Assert.That((await _cluster.DescribeAsync(id)).Generation, Is.EqualTo(1), "Nobody was lost.");
        Assert.That(_cluster.ReadLogs(), Does.Contain("The socket of the control channel was taken away, and is there again"));

        // Its successor has to reach the daemon, and the worker that lives.
        var others = _cluster.Workers().Length - 1;
        (await _cluster.ProcessOfAsync(id, 1)).Send(ProcessSignal.Kill);
        var again = await _cluster.UntilAsync(id, d => d.State == "active" && d.Workers.Any(w => w.Id == 1 && w.Restarts == 1), "worker 1 to be replaced");
        Assert.That(again.Workers.Count(w => w.Restarts == 0), Is.EqualTo(others), "The other has not been replaced.");
        await CompleteAsync(id);
    }

    [Test]
    public async Task A_folder_that_cannot_be_made_again_is_waited_for()
    {
        // As /run/user, which is the system's: it comes back with the next login.
        var parent = _cluster.PathOf("run");
        _sockets = Path.Combine(parent, "s");
        Directory.CreateDirectory(parent, Private);
        await _cluster.StartAsync();
        var id = await SubmitAsync();
        await _cluster.UntilAsync(id, d => d.Components[0].Acked > 0, "the first acks");
        Directory.Delete(parent, recursive: true);
        File.WriteAllText(parent, "");
        await _cluster.UntilAsync(() => _cluster.ReadLogs().Contains("cannot be made again", StringComparison.Ordinal), "the daemon to say so");
        await _cluster.UntilAsync(() => _cluster.ReadLogs().Contains("The sockets of this worker are gone", StringComparison.Ordinal), "a worker to say so");
        File.Delete(parent);
        Directory.CreateDirectory(parent, Private);
        await _cluster.UntilAsync(() => _cluster.ReadLogs().Contains("and is there again", StringComparison.Ordinal), "the daemon to listen again");
        await CompleteAsync(id);
    }

    private string[] Sockets() => [.. Directory.EnumerateFileSystemEntries(_sockets, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private Task<string> SubmitAsync(params (string, string)[] more) =>
        _cluster.SubmitAsync("Ingest", 2, [("input", _cluster.PathOf("in")), ("pattern", "*.txt"), ("output", _cluster.PathOf("out")), ("topology.max-spout-pending", "20"), .. more]);

    private async Task CompleteAsync(string id)
    {
        await _cluster.UntilAsync(id, d => d.State == "completed", "the end");
        LineFiles.RequireAll(_cluster.PathOf("out"), Files, Lines);
    }
}
