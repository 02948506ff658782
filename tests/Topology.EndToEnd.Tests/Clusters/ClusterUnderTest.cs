using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

/// <summary>A daemon in this process with worker processes: for tests that change how it works inside.</summary>
internal sealed class ClusterUnderTest : TestCluster
{
    private readonly WorkerLog _log;
    private DataDirectory? _data;
    private Daemon? _daemon;

    public ClusterUnderTest() => _log = new WorkerLog(new LogFolder(PathOf("daemon-log")), "daemon");

    public override IClusterService Service => _daemon!.Service;

    /// <summary>Changes to how the next daemon is started.</summary>
    public Func<DaemonOptions, DaemonOptions> Options { get; set; } = options => options;

    public async Task StartAsync()
    {
        _data = DataDirectory.Open(Data);
        _daemon = await Daemon.StartAsync(Options(new DaemonOptions
        {
            Data = _data,
            SocketFolder = PathOf("s"),
            Loggers = new LogFactory(_log),
            Program = WorkerExecutable.Find(path: null, AppContext.BaseDirectory),
        }));
    }

    /// <summary>Ends the daemon as SIGTERM does: workers live on.</summary>
    public async Task StopAsync()
    {
        if (_daemon is not null) await _daemon.DisposeAsync();
        _data?.Dispose();
        (_daemon, _data) = (null, null);
    }

    protected override async Task EndAsync()
    {
        await StopAsync();
        _log.Dispose();
    }
}
