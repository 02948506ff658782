using Topology.Cluster;
using Topology.Web;

namespace Topology.Cli;

/// <summary>Is a daemon in this process.</summary>
internal static class DaemonHosting
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <returns>What the process ends with, one of <see cref="DaemonExit"/>.</returns>
    public static async Task<int> RunAsync(DaemonRequest request, Func<Task> started, Action<string> complain, CancellationToken cancellation)
    {
        // For the log; others may not enter from the beginning.
        if (!OperatingSystem.IsWindows()) Directory.CreateDirectory(request.DataDirectory, Private);
        using var log = DaemonLog.Open(request.DataDirectory);
        var loggers = new LogFactory(log);
        var options = new DaemonProgramOptions
        {
            DataDirectory = request.DataDirectory,
            Url = request.Address,
            Version = CommandLineProgram.Version,
            Loggers = loggers,
            Started = started,
            Complain = complain,
        };
        return await DaemonProgram.RunAsync(options, (data, _) => StartAsync(data, request, loggers), cancellation).ConfigureAwait(false);
    }

    private static async Task<RunningDaemon> StartAsync(DataDirectory data, DaemonRequest request, LogFactory loggers)
    {
        var options = new DaemonOptions { Data = data, Version = CommandLineProgram.Version, Loggers = loggers, Listening = request.Listening };
        if (request.Slots is { } slots) options = options with { Slots = slots };
        var daemon = await Daemon.StartAsync(options).ConfigureAwait(false);
        return new RunningDaemon(daemon.Service, daemon.Stopped, daemon);
    }
}
