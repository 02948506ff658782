using Topology.Cluster;

namespace Topology.Web;

/// <summary>
/// Finds a directory's daemon, or starts one in the background and waits until it answers. Any number of programs may do that at once: one of the processes that they start gets the directory, the others end with
/// <see cref="DaemonExit.InUse"/>, and all find the one.
/// </summary>
public sealed class DaemonStarter
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    private readonly DaemonStarterOptions _options;
    private readonly IProgress<string>? _progress;
    private readonly long _begun;
    private WatchedProcess? _process;
    private string _log = "";
    private long _logBegin;
    private TimeSpan _retryAt;
    private TimeSpan _retryAfter;

    private DaemonStarter(DaemonStarterOptions options, IProgress<string>? progress)
    {
        (_options, _progress, _retryAfter) = (options, progress, options.RetryAfter);
        _begun = options.Time.GetTimestamp();
    }

    private TimeSpan Elapsed => _options.Time.GetElapsedTime(_begun);

    /// <summary>Finds the daemon, or starts one.</summary>
    /// <param name="options">How.</param>
    /// <param name="progress">Told in a line what is being done; null for nobody. Nothing is said of a daemon that is there.</param>
    /// <param name="cancellation">Ends the wait; a daemon that was started goes on.</param>
    /// <returns>A client of a daemon that has answered.</returns>
    /// <exception cref="ClusterException">The daemon ended, with the end of its log; it does not answer in time; or its token cannot be read.</exception>
    /// <exception cref="ProcessException">It cannot be started.</exception>
    public static async Task<ClusterClient> StartAsync(DaemonStarterOptions options, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (await FindAsync(options, cancellation).ConfigureAwait(false) is { } found) return found;
        return await new DaemonStarter(options, progress).StartAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>A client of the daemon that runs for the directory and answers; null where there is none.</summary>
    private static async Task<ClusterClient?> FindAsync(DaemonStarterOptions starter, CancellationToken cancellation)
    {
        if (DaemonFile.Read(starter.DataDirectory) is not { } daemon) return null;
        var options = new ClusterClientOptions(daemon.Url, TokenFile.Read(starter.DataDirectory));
        try
        {
            using var probe = new ClusterClient(options with { Timeout = AnswerLimit, Time = starter.Time });
            await probe.InfoAsync(cancellation).ConfigureAwait(false);
            return new(options);
        }
        catch (ClusterException error) when (error.Problem == ClusterProblem.Unreachable)
        {
            // It may have ended just now.
            return null;
        }
    }

    private async Task<ClusterClient> StartAsync(CancellationToken cancellation)
    {
        Start();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (await FindAsync(_options, cancellation).ConfigureAwait(false) is { } client) return client;
            if (_process?.Exited is { IsCompleted: true } exited) Ended(await exited.ConfigureAwait(false));
            if (_process is null && Elapsed >= _retryAt) Start();
            if (Elapsed >= _options.Limit) throw Failed($"No daemon has answered within {_options.Limit.TotalSeconds:0} s.");
            var look = Task.Delay(_options.LookEvery, _options.Time, cancellation);
            await (_process is null ? look : Task.WhenAny(look, _process.Exited)).ConfigureAwait(false);
        }
    }

    private void Start()
    {
        _progress?.Report($"Starting a daemon for {_options.DataDirectory} ...");
        // Made here too, for the log.
        Directory.CreateDirectory(_options.DataDirectory, Private);
        var log = new FileInfo(DaemonLog.FileIn(_options.DataDirectory));
        (_log, _logBegin) = (log.FullName, log.Exists ? log.Length : 0);
        _process = _options.Launch(_options.Program(_log));
    }

    private void Ended(ProcessExit exit)
    {
        if (exit.Code != DaemonExit.InUse) throw Failed($"The daemon {exit}.");
        _process = null;
        _retryAt = Elapsed + _retryAfter;
        _retryAfter *= 2;
        _progress?.Report("Another daemon has the directory: waiting for it ...");
    }

    private ClusterException Failed(string what)
    {
        // One that was full when the daemon began has gone on in the next; what the daemon printed before it failed is still in the first.
        var hasPrinted = new FileInfo(_log) is { Exists: true } first && first.Length > _logBegin;
        var now = DaemonLog.FileIn(_options.DataDirectory);
        return new(ClusterProblem.Failed, $"{what} {(hasPrinted || now == _log ? EndOfLog.Read(_log, _logBegin) : EndOfLog.Read(now, 0))}");
    }
}
