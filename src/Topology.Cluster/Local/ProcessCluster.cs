using System.Collections.Immutable;
using System.IO.Compression;

namespace Topology.Cluster;

/// <summary>
/// Runs topologies in worker processes of this machine, as <c>topology submit</c> does, for as long as it lives: for tests of what one process cannot show, such as the loss of a worker. A daemon of its own is in this process; data, logs and sockets
/// are in a temporary folder of its own; the topology's assembly is uploaded with everything beside it. After its disposal no process and no file of it is left. Where this process is killed, workers end by themselves within about 30 s.
/// <see cref="LocalCluster"/> runs the same topologies in this process, in a fraction of the time. Thread-safe.
/// </summary>
/// <remarks>Linux and macOS, with libzmq. The project refers to <c>Topology.Cli</c>, whose program the workers are. Each worker runs <c>Build</c> anew: what it needs comes by settings, and what is to be looked at goes to files or other services.</remarks>
/// <example>
/// <code>
/// await using var cluster = await ProcessCluster.StartAsync();
/// var run = await cluster.SubmitAsync&lt;OrdersTopology&gt;(workers: 2);
/// await run.UntilAsync(now => now.Components[0].Acked > 100);
/// await run.KillWorkerAsync(1);
/// var end = await run.Completion;
/// Assert.That((end.State, end.Workers.Length), Is.EqualTo(("completed", 0)), end.Reason);
/// </code>
/// </example>
public sealed class ProcessCluster : IAsyncDisposable
{
    /// <summary>How long workers have to end in good order; as long as user code has for its clean-up, and twice that.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(25);

    private readonly DirectoryInfo _folder;
    private readonly DataDirectory _data;
    private readonly WorkerLog _log;
    private readonly Daemon _daemon;
    private readonly SemaphoreSlim _submitting = new(1);
    private readonly CancellationTokenSource _end = new();
    private int _isDisposed;

    private ProcessCluster(DirectoryInfo folder, DataDirectory data, WorkerLog log, Daemon daemon) => (_folder, _data, _log, _daemon) = (folder, data, log, daemon);

    /// <summary>All that the daemon does for people and programs.</summary>
    public IClusterService Service => _daemon.Service;

    /// <summary>The full path of the cluster's own folder, which its disposal deletes.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Starts a cluster, which has no workers yet.</summary>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="TopologyException">There is no libzmq, or no program for workers (<see cref="ProcessException"/>).</exception>
    public static async Task<ProcessCluster> StartAsync(ProcessClusterOptions? options = null)
    {
        options ??= new ProcessClusterOptions();
        var program = WorkerExecutable.Find(options.Program, AppContext.BaseDirectory);
        var folder = MakeFolder(options.Folder);
        DataDirectory? data = null;
        WorkerLog? log = null;
        try
        {
            data = DataDirectory.Open(Path.Combine(folder.FullName, "data"));
            log = new WorkerLog(new LogFolder(Path.Combine(data.FullPath, "logs")), "daemon");
            var daemon = await Daemon.StartAsync(new DaemonOptions
            {
                Data = data,
                Slots = options.Slots,
                SocketFolder = Path.Combine(folder.FullName, "s"),
                Loggers = options.Loggers ?? new LogFactory(log),
                Program = program,
            }).ConfigureAwait(false);
            return new ProcessCluster(folder, data, log, daemon);
        }
        catch
        {
            data?.Dispose();
            log?.Dispose();
            UploadDirectories.Delete(folder.FullName);
            throw;
        }
    }

    /// <summary>Uploads the assembly of a class and runs the topology that the class builds.</summary>
    /// <typeparam name="TTopology">The class. Workers load it from a copy of its assembly's folder, so it shares nothing with the one in this process.</typeparam>
    /// <param name="workers">How many worker processes it gets; null for what its settings say.</param>
    /// <param name="name">The topology's name; null for the class's name in kebab case, without <c>Topology</c>.</param>
    /// <param name="settings">Settings that go before what the code says, those of the cluster too.</param>
    /// <param name="active">False to submit it inactive: it has no workers until <see cref="ProcessRun.ActivateAsync"/>.</param>
    /// <exception cref="InvalidTopologyException">By the task: it cannot run; every error is listed.</exception>
    /// <exception cref="TopologyException">By the task: it is refused, such as for a name that a living topology has, or its assembly's folder cannot be packed.</exception>
    public Task<ProcessRun> SubmitAsync<TTopology>(int? workers = null, string? name = null, IReadOnlyDictionary<string, string>? settings = null, bool active = true)
        where TTopology : ITopology, new() =>
        SubmitAsync(typeof(TTopology).Assembly.Location, typeof(TTopology).FullName!, workers, name, settings, active);

    /// <summary>Uploads an assembly that need not be loaded here, and runs a topology of it.</summary>
    /// <param name="assembly">The path of the assembly; everything in its folder goes with it.</param>
    /// <param name="className">The full name of the class.</param>
    /// <param name="workers">How many worker processes it gets; null for what its settings say.</param>
    /// <param name="name">The topology's name; null for the class's name in kebab case, without <c>Topology</c>.</param>
    /// <param name="settings">Settings that go before what the code says, those of the cluster too.</param>
    /// <param name="active">False to submit it inactive: it has no workers until <see cref="ProcessRun.ActivateAsync"/>.</param>
    /// <inheritdoc cref="SubmitAsync{TTopology}" path="/exception"/>
    public async Task<ProcessRun> SubmitAsync(string assembly, string className, int? workers = null, string? name = null, IReadOnlyDictionary<string, string>? settings = null, bool active = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(assembly);
        ArgumentException.ThrowIfNullOrEmpty(className);
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        // One at a time: each packs a folder, and the disposal waits for it.
        await _submitting.WaitAsync(_end.Token).ConfigureAwait(false);
        try
        {
            var request = new SubmitRequest(await UploadAsync(Path.GetFullPath(assembly), className).ConfigureAwait(false))
            {
                Class = className,
                Name = name,
                Workers = workers,
                Settings = settings?.ToImmutableSortedDictionary(StringComparer.Ordinal) ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal),
                IsActive = active,
            };
            var outcome = await Service.SubmitAsync(request, _end.Token).ConfigureAwait(false);
            if (outcome.Verdict == CommandVerdict.Invalid) throw new InvalidTopologyException(outcome.Message.Split('\n'));
            if (outcome.Verdict != CommandVerdict.Accepted) throw new TopologyException(outcome.Message);
            return new ProcessRun(outcome.Topology!, this, _end.Token);
        }
        finally
        {
            _submitting.Release();
        }
    }

    /// <summary>Ends every topology that is left, without draining, and waits until its workers are dead; those that do not end within 10 s are killed. Then everything is deleted.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        try
        {
            await EndAllAsync().WaitAsync(EndLimit).ConfigureAwait(false);
        }
        catch (Exception error) when (error is TimeoutException or TopologyException or ObjectDisposedException)
        {
            // What is left is killed.
        }

        await _end.CancelAsync().ConfigureAwait(false);
        await _submitting.WaitAsync().ConfigureAwait(false);
        // Nobody starts one from here on.
        await _daemon.DisposeAsync().ConfigureAwait(false);
        await NamedProcesses.KillAsync(Folder).ConfigureAwait(false);
        _data.Dispose();
        _log.Dispose();
        UploadDirectories.Delete(Folder);
    }

    /// <summary>The processes of its workers that live.</summary>
    internal IReadOnlyList<ProcessIdentity> Processes() => NamedProcesses.Find(Folder);

    /// <summary>Waits until something is so.</summary>
    internal static async Task UntilAsync(Func<Task<bool>> condition, CancellationToken cancellation)
    {
        using var looks = new PeriodicTimer(LookEvery);
        try
        {
            while (!await condition().ConfigureAwait(false)) await looks.WaitForNextTickAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It may have become so just before.
            if (!await condition().ConfigureAwait(false)) throw;
        }
    }

    private async Task<UploadId> UploadAsync(string assembly, string className)
    {
        var zip = Path.Combine(Folder, "package.zip");
        var manifest = new TopologyManifest(Path.GetFileName(assembly), [className], "");
        // It goes nowhere, so its size is worth no time.
        var package = await Task.Run(() => TopologyPackage.Pack(Path.GetDirectoryName(assembly)!, manifest, zip, compression: CompressionLevel.Fastest, cancellation: _end.Token), _end.Token).ConfigureAwait(false);
        await using var content = File.OpenRead(zip);
        if (!await Service.HasUploadAsync(package.Id, _end.Token).ConfigureAwait(false)) await Service.UploadAsync(package.Id, content, progress: null, _end.Token).ConfigureAwait(false);
        return package.Id;
    }

    private async Task EndAllAsync()
    {
        var topologies = await Service.ListAsync().ConfigureAwait(false);
        foreach (var topology in topologies) await Service.CommandAsync(new TopologyCommand.Kill(topology.Id)).ConfigureAwait(false);
        foreach (var topology in topologies)
            await UntilAsync(async () => await Service.DescribeAsync(topology.Id).ConfigureAwait(false) is null or { Workers.IsEmpty: true }, _end.Token).ConfigureAwait(false);
    }

    private static DirectoryInfo MakeFolder(string? parent)
    {
        if (parent is null) return Directory.CreateTempSubdirectory("topology-");
        var path = Path.Combine(Path.GetFullPath(parent), $"topology-{Path.GetRandomFileName()}");
        return Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
