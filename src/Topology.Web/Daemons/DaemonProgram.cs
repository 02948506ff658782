using System.Net.Sockets;
using Topology.Cluster;

namespace Topology.Web;

/// <summary>
/// A daemon's process, from its start to its end: holds the data directory, runs the daemon, serves it over HTTP and says where, until SIGTERM, SIGINT, or somebody's <see cref="IClusterService.StopAsync"/>. Each of them leaves workers running.
/// </summary>
public static class DaemonProgram
{
    /// <summary>Runs it.</summary>
    /// <param name="options">How.</param>
    /// <param name="start">Starts the daemon on the data directory, which is held until the daemon has ended.</param>
    /// <param name="stop">Ends it too.</param>
    /// <returns>The process's exit code, one of <see cref="DaemonExit"/>.</returns>
    public static async Task<int> RunAsync(DaemonProgramOptions options, Func<DataDirectory, CancellationToken, Task<RunningDaemon>> start, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(start);
        using var signals = new EndSignals();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(signals.Token, stop);
        try
        {
            using var directory = DataDirectory.Open(options.DataDirectory);
            await ServeAsync(options, directory, start, end.Token).ConfigureAwait(false);
            return DaemonExit.Ended;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Told to end before it had begun.
            return DaemonExit.Ended;
        }
        catch (DataDirectoryException error) when (error.IsInUse)
        {
            options.Complain(error.Message);
            return DaemonExit.InUse;
        }
        catch (Exception error) when (error is TopologyException or IOException or UnauthorizedAccessException)
        {
            options.Complain(error.Message);
            return DaemonExit.Failed;
        }
    }

    private static async Task ServeAsync(DaemonProgramOptions options, DataDirectory directory, Func<DataDirectory, CancellationToken, Task<RunningDaemon>> start, CancellationToken end)
    {
        var token = TokenFile.ReadOrCreate(directory);
        // The address is taken first: a daemon that nobody could reach would start workers for nothing.
        await using var server = Bind(new() { Token = token, Uploads = options.Uploads, Loggers = options.Loggers }, options.Url);
        await using var daemon = await start(directory, end).ConfigureAwait(false);
        await server.StartAsync(daemon.Service, end).ConfigureAwait(false);
        DaemonFile.Write(directory, new(server.Url, ProcessIdentity.Current, options.Version));
        try
        {
            options.Say($"The daemon listens at {server.Url.GetLeftPart(UriPartial.Authority)}. Its data are in {directory.FullPath}.");
            await options.Started().ConfigureAwait(false);
            await EndOf(daemon, end).ConfigureAwait(false);
            options.Say("The daemon ends. Workers go on, and are taken over by the next one.");
        }
        finally
        {
            // First of all, so that nobody asks what is ending.
            DaemonFile.Delete(directory);
            await server.StopAsync().ConfigureAwait(false);
        }
    }

    private static ClusterServer Bind(ClusterServerOptions server, Uri? url)
    {
        if (url is not null) return ClusterServer.Bind(server with { Url = url });
        try
        {
            return ClusterServer.Bind(server);
        }
        catch (ClusterException error) when (error.InnerException is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
        {
            return ClusterServer.Bind(server with { Url = new UriBuilder(server.Url) { Port = 0 }.Uri });
        }
    }

    private static async Task EndOf(RunningDaemon daemon, CancellationToken end)
    {
        try
        {
            await daemon.Stopped.WaitAsync(end).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Told to end.
        }
    }
}
