using Microsoft.Extensions.Logging;
using Topology.Engine;

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

    /// <summary>
    /// Where the positions of spouts are kept, so that a later run of the same name goes on where one before it ended; null for memory of each run's own, so that every run starts at
    /// the beginning.
    /// </summary>
    public IPositionStore? Positions { get; init; }

    /// <summary>Has loops change threads at this interval whether they block or not: a stress test of the engine. Null for never.</summary>
    internal TimeSpan? HandOffEvery { get; init; }
}
