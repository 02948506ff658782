using System.Collections.Immutable;
using System.Diagnostics;
using Topology.Cluster;

namespace Topology.Bench;

/// <summary>A daemon in this process, whose workers are processes of this program, in a folder of its own.</summary>
internal sealed class BenchCluster : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder;
    private readonly DataDirectory _data;
    private readonly Daemon _daemon;
    private int _boards;

    private BenchCluster(DirectoryInfo folder, DataDirectory data, Daemon daemon) => (_folder, _data, _daemon) = (folder, data, daemon);

    /// <summary>What the daemon does for people and programs.</summary>
    public IClusterService Service => _daemon.Service;

    /// <summary>Starts a daemon.</summary>
    public static async Task<BenchCluster> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("c");
        var data = DataDirectory.Open(Path.Combine(folder.FullName, "data"));
        return new BenchCluster(folder, data, await Daemon.StartAsync(new DaemonOptions { Data = data, SocketFolder = Path.Combine(folder.FullName, "s") }).ConfigureAwait(false));
    }

    /// <summary>Packs the bench's topologies, uploads them, and runs one.</summary>
    /// <typeparam name="T">Which.</typeparam>
    /// <param name="workers">How many processes it gets.</param>
    /// <param name="settings">Its settings.</param>
    /// <returns>The run, as soon as the daemon has accepted it.</returns>
    /// <exception cref="BenchException">The daemon refused it.</exception>
    public async Task<WorkersRun> SubmitAsync<T>(int workers, params IEnumerable<(string Name, string Value)> settings)
        where T : WorkersTopology
    {
        var file = Path.Combine(_folder.FullName, $"board-{_boards++}");
        var board = Board.Create(file);
        var package = Pack(typeof(T));
        var zip = File.OpenRead(PackagePath);
        await using (zip.ConfigureAwait(false)) await Service.UploadAsync(package.Id, zip).ConfigureAwait(false);
        var outcome = await Service.SubmitAsync(new SubmitRequest(package.Id)
        {
            Class = typeof(T).FullName,
            Name = $"bench-{_boards}",
            Workers = workers,
            Settings = settings.Append((Name: Board.Setting, Value: file)).ToImmutableSortedDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal),
        }).ConfigureAwait(false);
        return outcome is { Verdict: CommandVerdict.Accepted, Topology: { } id } ? new WorkersRun(this, id, board) : throw new BenchException($"the daemon refused {typeof(T).Name}: {outcome.Message}");
    }

    /// <summary>What the daemon's workers have logged that is no information.</summary>
    public string Warnings() => string.Join('\n', Directory.EnumerateFiles(_folder.FullName, "*.log", SearchOption.AllDirectories)
        .SelectMany(ReadShared).Where(line => !line.Contains("\"info\"", StringComparison.OrdinalIgnoreCase) && !line.Contains(" INF ", StringComparison.Ordinal)).TakeLast(20));

    /// <summary>Ends all topologies and the daemon, and takes the folder away.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var topology in await Service.ListAsync().ConfigureAwait(false)) await Service.CommandAsync(new TopologyCommand.Kill(topology.Id)).ConfigureAwait(false);
        var since = Stopwatch.GetTimestamp();
        while (await HasWorkersAsync().ConfigureAwait(false) && Stopwatch.GetElapsedTime(since) < Limit) await Task.Delay(10).ConfigureAwait(false);
        await _daemon.DisposeAsync().ConfigureAwait(false);
        _data.Dispose();
        foreach (var folder in _folder.EnumerateDirectories("*", SearchOption.AllDirectories)) folder.UnixFileMode |= UnixFileMode.UserWrite;
        _folder.Delete(recursive: true);
    }

    private string PackagePath => Path.Combine(_folder.FullName, "package.zip");

    /// <summary>Packs the assembly of the topologies alone: it lies among all others of this program.</summary>
    private TopologyPackage Pack(Type topology)
    {
        var assembly = topology.Assembly.Location;
        var build = _folder.CreateSubdirectory("build").FullName;
        foreach (var file in (string[])[assembly, Path.ChangeExtension(assembly, ".deps.json")])
            if (File.Exists(file)) File.Copy(file, Path.Combine(build, Path.GetFileName(file)), overwrite: true);
        var classes = topology.Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(WorkersTopology))).Select(type => type.FullName!);
        return TopologyPackage.Pack(build, new TopologyManifest(Path.GetFileName(assembly), [.. classes], "bench"), PackagePath);
    }

    private async Task<bool> HasWorkersAsync()
    {
        foreach (var topology in await Service.ListAsync().ConfigureAwait(false))
            if (await Service.DescribeAsync(topology.Id).ConfigureAwait(false) is { } description && description.Workers.Any(worker => worker.Pid is not null)) return true;
        return false;
    }

    private static IEnumerable<string> ReadShared(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } line) yield return line;
    }
}
