using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Topology.Cluster;

namespace Topology.Web;

/// <summary>How a daemon's process runs.</summary>
public sealed record DaemonProgramOptions
{
    /// <summary>Where it keeps everything; made if there is none.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>As <see cref="ClusterServerOptions.Url"/>; null for the default, or a free port if another program has that, such as the daemon of another data directory.</summary>
    public Uri? Url { get; init; }

    /// <summary>What an upload may be.</summary>
    public UploadLimits Uploads { get; init; } = new();

    /// <summary>Where warnings and errors go.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The version of the program.</summary>
    public string Version { get; init; } = typeof(DaemonProgramOptions).Assembly.GetName().Version!.ToString(3);

    /// <summary>Called when it answers.</summary>
    public Func<Task> Started { get; init; } = () => Task.CompletedTask;

    /// <summary>Told in a line where it listens, and that it ends.</summary>
    public Action<string> Say { get; init; } = _ => { };

    /// <summary>Told why it cannot start or go on.</summary>
    public Action<string> Complain { get; init; } = _ => { };
}
