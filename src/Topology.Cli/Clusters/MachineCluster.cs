using System.Globalization;
using Topology.Cluster;
using Topology.Web;

namespace Topology.Cli;

/// <summary>Clusters as this machine reaches them: over HTTP, by the files that daemons leave in their data directories.</summary>
internal sealed class MachineCluster : ICluster
{
    public string DefaultDataDirectory => DataPlaces.Default;

    public string TokenFile(string dataDirectory) => Web.TokenFile.PathIn(dataDirectory);

    public DaemonNotice? FindDaemon(string dataDirectory) =>
        DaemonFile.ReadLast(dataDirectory) is { } daemon ? new DaemonNotice(daemon.Url, daemon.Process.Id, daemon.IsLiving, DaemonFile.PathIn(dataDirectory)) : null;

    public IClusterService Connect(Uri address, string tokenFile) => new ClusterClient(new ClusterClientOptions(address, () => Web.TokenFile.ReadAt(tokenFile)));

    public async Task<DaemonNotice> StartAsync(DaemonRequest request, CancellationToken cancellation)
    {
        var options = new DaemonStarterOptions { DataDirectory = request.DataDirectory, Program = log => ProcessStart.OfThisProgram(Arguments(request), log) };
        try
        {
            using var client = await DaemonStarter.StartAsync(options, progress: null, cancellation).ConfigureAwait(false);
        }
        catch (ProcessException error)
        {
            throw new ClusterException(ClusterProblem.Failed, error.Message, error);
        }

        return FindDaemon(request.DataDirectory) ?? throw new ClusterException(ClusterProblem.Unreachable, $"The daemon of {request.DataDirectory} answered, and ended.");
    }

    // Apart from the rest, so that what serves HTTP is loaded by daemons alone.
    public Task<int> RunAsync(DaemonRequest request, Func<DaemonNotice, Task> started, Action<string> complain, CancellationToken cancellation) =>
        DaemonHosting.RunAsync(request, () => started(FindDaemon(request.DataDirectory)!), complain, cancellation);

    public Task<Membership> JoinAsync(SupervisorRequest request, bool detaches, Func<Membership, Task> joined, CancellationToken cancellation) =>
        detaches ? SupervisorHosting.DetachAsync(request, joined, cancellation) : SupervisorHosting.RunAsync(request, joined, cancellation);

    public Task<bool> StopSupervisorAsync(string dataDirectory, CancellationToken cancellation) => SupervisorHosting.StopAsync(dataDirectory, cancellation);

    private static List<string> Arguments(DaemonRequest request)
    {
        List<string> arguments = ["up", "--data", request.DataDirectory];
        if (request.Address is { } address) arguments.AddRange(["--address", address.ToString()]);
        if (request.Slots is { } slots) arguments.AddRange(["--slots", slots.ToString(CultureInfo.InvariantCulture)]);
        if (request.Listening is { } listening) arguments.AddRange(["--listen", listening.Endpoint, "--host", listening.Address]);
        return arguments;
    }
}
