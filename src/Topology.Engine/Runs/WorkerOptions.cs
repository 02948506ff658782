using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Topology.Engine;

/// <summary>Where a worker takes time and chance from, and how it is driven.</summary>
internal sealed record WorkerOptions
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What edge ids, first sequences and jitter come from: the operating system's chance, or a simulation's seed.</summary>
    public ulong Seed { get; init; } = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

    /// <summary>What part of the topology runs here; null for all of it.</summary>
    public WorkerShare? Share { get; init; }

    public ILoggerFactory? Loggers { get; init; }

    /// <summary>Whether one thread drives everything in an order of its own choice.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>
    /// How long all calls of <c>Cleanup</c> and <c>Close</c> may take together before the run ends without them: on <see cref="Time"/> or, where that does not pass by itself,
    /// on the system's clock. Above zero and finite.
    /// </summary>
    public TimeSpan CleanupTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Makes an observer for each task; null for none.</summary>
    public Func<TaskPlan, ITaskObserver>? Observer { get; init; }

    /// <summary>Has loops handed over at this interval whether they block or not; null for never.</summary>
    public TimeSpan? HandOffEvery { get; init; }
}
