using Microsoft.Extensions.Logging;

namespace Topology.Cluster;

/// <summary>How a <see cref="LocalCluster"/> runs its topologies.</summary>
public sealed record LocalClusterOptions
{
    /// <summary>The clock of everything that the engine does.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where chance comes from; null for the operating system's, as outside simulations and tests.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Who makes the loggers of components; null for none.</summary>
    public ILoggerFactory? Loggers { get; init; }

    /// <summary>Has loops change threads at this interval whether they block or not: a stress test of the engine. Null for never.</summary>
    internal TimeSpan? HandOffEvery { get; init; }
}
