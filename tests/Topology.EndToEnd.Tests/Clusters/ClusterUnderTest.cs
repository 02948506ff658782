using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

/// <summary>A daemon in this process with worker processes, in a folder of its own: whatever a test does to it, its processes are dead and its folder is gone after it.</summary>
internal sealed class ClusterUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("te2e-");
    private readonly HashSet<ProcessIdentity> _seen = [];
    private readonly WorkerLog _log;
    private DataDirectory? _data;
    private Daemon? _daemon;

    public ClusterUnderTest() => _log = new WorkerLog(new LogFolder(PathOf("daemon-log")), "daemon");

    public IClusterService Service => _daemon!.Service;

    /// <summary>Changes to how the next daemon is started.</summary>
    public Func<DaemonOptions, DaemonOptions> Options { get; set; } = options => options;

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public async Task StartAsync()
    {
        _data = DataDirectory.Open(PathOf("data"));
        _daemon = await Daemon.StartAsync(Options(new DaemonOptions
        {
            Data = _data,
            SocketFolder = PathOf("s"),
            Loggers = new LogFactory(_log),
            Program = (arguments, log) => ProcessStart.OfAssembly(Path.Combine(AppContext.BaseDirectory, "Topology.Cli.dll"), arguments, log),
        }));
    }

    /// <summary>Ends the daemon as SIGTERM does: workers live on.</summary>
    public async Task StopAsync()
    {
        await NoteWorkersAsync();
        if (_daemon is not null) await _daemon.DisposeAsync();
        _data?.Dispose();
        (_daemon, _data) = (null, null);
    }

    /// <summary>Submits a topology of the folder <c>topologies</c>, and gives its id.</summary>
    public async Task<string> SubmitAsync(string project, int workers, params (string Name, string Value)[] settings)
    {
        var outcome = await TrySubmitAsync(project, workers, settings);
        Assert.That(outcome.Verdict, Is.EqualTo(CommandVerdict.Accepted), outcome.Message);
        return outcome.Topology!;
    }

    public async Task<CommandOutcome> TrySubmitAsync(string project, int workers, params (string Name, string Value)[] settings)
    {
        var zip = PathOf("package.zip");
        var package = TopologyPackage.Pack(BuiltTopology.FolderOf(project), new TopologyManifest(project + ".dll", [$"{project}.{project}Topology"], "test"), zip);
        await using (var content = File.OpenRead(zip)) await Service.UploadAsync(package.Id, content);
        return await Service.SubmitAsync(new SubmitRequest(package.Id)
        {
            Workers = workers,
            Settings = settings.ToImmutableSortedDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal),
        });
    }

    public async Task<TopologyDescription> DescribeAsync(string id) => (await Service.DescribeAsync(id))!;

    /// <summary>Waits until a topology is as it should be; fails where it fails.</summary>
    public async Task<TopologyDescription> UntilAsync(string id, Func<TopologyDescription, bool> condition, string what)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var description = await DescribeAsync(id);
            if (condition(description)) return description;
            await NoteWorkersAsync();
            if (description.State == "failed" || Stopwatch.GetElapsedTime(since) > Limit) Assert.Fail($"Waited in vain for {what}: {description}\n{string.Join('\n', description.Workers)}\n{ReadLogs()}");
            await Task.Yield();
        }
    }

    /// <summary>The worker's process.</summary>
    public async Task<WatchedProcess> ProcessOfAsync(string id, int worker)
    {
        var description = await UntilAsync(id, d => d.Workers.Any(w => w.Id == worker && w.Pid is not null), $"worker {worker} to run");
        return WatchedProcess.Adopt(ProcessIdentity.Of(description.Workers.First(w => w.Id == worker).Pid!.Value)!.Value);
    }

    /// <summary>What the daemon and its workers have logged.</summary>
    public string ReadLogs() => string.Join('\n', Directory.EnumerateFiles(_folder.FullName, "*.log", SearchOption.AllDirectories).Order()
        .Select(file => string.Create(CultureInfo.InvariantCulture, $"== {file}\n{ReadShared(file)}")));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var identity in _seen) await WatchedProcess.Adopt(identity).KillAsync().WaitAsync(Limit);
        _log.Dispose();
        foreach (var folder in _folder.EnumerateDirectories("*", SearchOption.AllDirectories)) folder.UnixFileMode |= UnixFileMode.UserWrite;
        _folder.Delete(recursive: true);
    }

    private static string ReadShared(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    private async Task NoteWorkersAsync()
    {
        if (_daemon is null) return;
        foreach (var topology in await Service.ListAsync())
        {
            foreach (var pid in (await DescribeAsync(topology.Id)).Workers.Select(w => w.Pid).OfType<int>())
                if (ProcessIdentity.Of(pid) is { } identity) _seen.Add(identity);
        }
    }
}
