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
    /// How long all calls of <c>Cleanup</c> and <c>Close</c> may take together, and before them the last writes of positions, before the run goes on without them: on <see cref="Time"/> or, where that does not pass by itself,
    /// on the system's clock. Above zero and finite.
    /// </summary>
    public TimeSpan CleanupTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where the positions of spouts are kept.</summary>
    public IPositionStore Positions { get; init; } = new MemoryPositionStore();

    /// <summary>
    /// Which incarnation of its tasks the worker runs, where somebody counts them; null for one more than wrote the stored position of a task. Commits of older ones are refused.
    /// </summary>
    public long? Incarnation { get; init; }

    /// <summary>Told of each error that is recorded, throttled as those in the log are; called on the thread that met it. Must be short and throw nothing. Null for nobody.</summary>
    public Action<ErrorReport>? OnError { get; init; }

    /// <summary>Makes an observer for each task; null for none.</summary>
    public Func<TaskPlan, ITaskObserver>? Observer { get; init; }

    /// <summary>Has loops handed over at this interval whether they block or not; null for never.</summary>
    public TimeSpan? HandOffEvery { get; init; }
}
