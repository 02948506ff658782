using Microsoft.Extensions.Logging;

namespace Topology.Cluster;

/// <summary>How a <see cref="ProcessCluster"/> runs its topologies.</summary>
public sealed record ProcessClusterOptions
{
    /// <summary>
    /// The path of the program that workers are: <c>Topology.Cli.dll</c>, or the <c>topology</c> executable. Null for the <c>Topology.Cli.dll</c> beside this program, where it is once the project refers to
    /// <c>Topology.Cli</c>.
    /// </summary>
    public string? Program { get; init; }

    /// <summary>
    /// The folder in which the cluster makes its own, with all that it keeps; null for the system's folder of temporary files. A short one: paths of sockets in it may have 107 bytes, of which the cluster takes about 60.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>How many workers all topologies together get at most; at least 1.</summary>
    public int Slots { get; init; } = 32;

    /// <summary>Who makes the loggers of the daemon; null for a file in the cluster's folder. What workers log is read by <see cref="ProcessRun.LogsAsync"/>.</summary>
    public ILoggerFactory? Loggers { get; init; }
}
