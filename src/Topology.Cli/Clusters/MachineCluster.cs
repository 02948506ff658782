using Topology.Cluster;
using Topology.Web;

namespace Topology.Cli;

/// <summary>Clusters as this machine reaches them: over HTTP, by the files that daemons leave in their data directories.</summary>
internal sealed class MachineCluster : ICluster
{
    /// <summary>A port that the system chooses: for a daemon of another data directory than the default one, whose address it must not take.</summary>
    private static readonly Uri AnyPort = new("http://127.0.0.1:0");

    public Uri DefaultAddress => ClusterServerOptions.DefaultUrl;

    public string DefaultDataDirectory => DataPlaces.Default;

    public string TokenFile(string dataDirectory) => Web.TokenFile.PathIn(dataDirectory);

    public DaemonNotice? FindDaemon(string dataDirectory) =>
        DaemonFile.ReadLast(dataDirectory) is { } daemon ? new DaemonNotice(daemon.Url, daemon.Process.Id, daemon.IsLiving, DaemonFile.PathIn(dataDirectory)) : null;

    public IClusterService Connect(Uri address, string tokenFile) => new ClusterClient(new ClusterClientOptions(address, TokenOf(tokenFile)));

    public async Task<DaemonNotice> StartAsync(DaemonRequest request, CancellationToken cancellation)
    {
        var options = new DaemonStarterOptions { DataDirectory = request.DataDirectory, Program = log => ProcessStart.OfThisProgram(Arguments(request), log) };
        using var client = await DaemonStarter.StartAsync(options, progress: null, cancellation).ConfigureAwait(false);
        return FindDaemon(request.DataDirectory) ?? throw new ClusterException(ClusterProblem.Unreachable, $"The daemon of {request.DataDirectory} answered, and ended.");
    }

    // Apart from the rest, so that what serves HTTP is loaded by daemons alone.
    public Task<int> RunAsync(DaemonRequest request, Func<DaemonNotice, Task> started, Action<string> complain, CancellationToken cancellation) =>
        DaemonHosting.RunAsync(request, UrlOf(request), () => started(FindDaemon(request.DataDirectory)!), complain, cancellation);

    private static List<string> Arguments(DaemonRequest request)
    {
        List<string> arguments = ["up", "--data", request.DataDirectory];
        if (request.Address is { } address) arguments.AddRange(["--address", address.ToString()]);
        if (request.Slots is { } slots) arguments.AddRange(["--slots", slots.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        return arguments;
    }

    private Uri UrlOf(DaemonRequest request) => request.Address ?? (request.DataDirectory == DefaultDataDirectory ? DefaultAddress : AnyPort);

    /// <summary>The token in a file. Where there is no file there is no daemon either, as a rule, and that is what the first call is to say.</summary>
    private static string TokenOf(string tokenFile) => Path.Exists(tokenFile) ? Web.TokenFile.ReadAt(tokenFile) : "none";
}
