using Microsoft.Extensions.Logging;
using Topology.Engine;

namespace Topology.Testing;

/// <summary>How a <see cref="SimulatedCluster"/> runs its topologies.</summary>
public sealed record SimulationOptions
{
    /// <summary>Where all chance comes from: the order of turns, and whatever the engine leaves to chance. The same seed gives the same run.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The clock; null for one of the cluster's own.</summary>
    public ManualTime? Time { get; init; }

    /// <summary>
    /// How long a turn takes on the clock; 10 µs. With zero, time goes on only while nobody has anything to do, which never comes where a spout always emits.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan TurnTime
    {
        get;
        init => field = CheckSpan(value);
    } = TimeSpan.FromMicroseconds(10);

    /// <summary>How likely a turn is to end after its first tuple, as one does that has lasted too long; from 0 to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double InterruptChance
    {
        get;
        init => field = CheckChance(value);
    } = 0.25;

    /// <summary>How likely an executor is to get no turns for a while instead of its turn, as one whose code blocks; from 0 to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double StallChance
    {
        get;
        init => field = CheckChance(value);
    }

    /// <summary>The longest such while; 1 s. Each lasts for a time up to this that the seed chooses.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan LongestStall
    {
        get;
        init => field = CheckSpan(value);
    } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long asynchronous work that waits for something else than the clock may take, in real time; 10 s. The cluster waits for it where nobody has anything else to do,
    /// before time goes on, and throws a <see cref="TestFailureException"/> where it takes longer. With zero it is not waited for: the cluster counts as idle and time goes
    /// on, and the work when what it waits for has come; where that is up to other threads, the same seed no longer gives the same run.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan LongestWork
    {
        get;
        init => field = CheckSpan(value);
    } = TimeSpan.FromSeconds(10);

    /// <summary>How many turns may pass without the clock going on, or without coming to rest, before that counts as going round in circles. 1,000,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int TurnLimit
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1_000_000;

    /// <summary>
    /// Whether the trace is over each tuple, rather than over how many there were. Every task then takes the path that the engine has for tasks with hooks, which is
    /// not quite the usual one.
    /// </summary>
    public bool ObservesTuples { get; init; }

    /// <summary>How many of the newest turns the trace keeps; its hash is over all of them. 1,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int TraceLength
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 1_000;

    /// <summary>Who makes the loggers of components; null for none.</summary>
    public ILoggerFactory? Loggers { get; init; }

    /// <summary>
    /// Where the positions of spouts are kept, so that a later run of the same name goes on where one before it ended, or was left; null for memory of each run's own. What a write
    /// waits for has to come by the cluster's clock.
    /// </summary>
    public IPositionStore? Positions { get; init; }

    private static TimeSpan CheckSpan(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        return value;
    }

    private static double CheckChance(double value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1);
        return value;
    }
}
