using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Topology.Cluster;

namespace Topology.Web;

/// <summary>Where and how a cluster is served over HTTP.</summary>
public sealed record ClusterServerOptions
{
    /// <summary>Where a daemon listens, and is looked for, when nobody says otherwise.</summary>
    public static readonly Uri DefaultUrl = new("http://127.0.0.1:7411");

    /// <summary>
    /// The address: <c>http</c>, this machine by its loopback address or as <c>localhost</c>, and a port; port 0 for any that is free. Others are refused, since tokens and code would cross the network in the clear: let them come by a tunnel, such as <c>ssh -L</c>.
    /// </summary>
    public Uri Url { get; init; } = DefaultUrl;

    /// <summary>What every request must bring.</summary>
    public required string Token { get; init; }

    /// <summary>What an upload may be.</summary>
    public UploadLimits Uploads { get; init; } = new();

    /// <summary>Where warnings and errors go; neither tokens nor bodies do.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>How long requests may take to end when the server does.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The clock of the limits on requests.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Never with the token in it.</summary>
    public override string ToString() => $"{nameof(ClusterServerOptions)} {Url}";
}
