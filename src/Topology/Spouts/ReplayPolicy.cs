namespace Topology;

/// <summary>
/// When a <see cref="ReplayingSpout{TRecord}"/> emits a failed record again, and when it gives up. A record that was lost with a worker or a link is
/// emitted again whatever the limits, since that says nothing about the record.
/// </summary>
public sealed record ReplayPolicy
{
    // The share of a delay by which chance shortens or lengthens it, so that records that failed together do not return together.
    private const double Jitter = 0.2;

    /// <summary>The policy of a spout that names none.</summary>
    public static ReplayPolicy Default { get; } = new();

    /// <summary>
    /// After how many failures by a bolt (<see cref="FailKind.Explicit"/>, <see cref="FailKind.BoltError"/>, <see cref="FailKind.Forgotten"/>) or by the spout's
    /// own <c>Emit</c> a record is given up. At least 1, which allows no second attempt; <see cref="int.MaxValue"/> for never.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxAttempts
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 5;

    /// <summary>
    /// After how many timeouts a record is given up. They have a limit of their own because a timeout may tell of a slow bolt rather than of a bad record. At least 1;
    /// <see cref="int.MaxValue"/> for never.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxTimeouts
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 20;

    /// <summary>How long a record waits after its first failure; each further one doubles it. 100 ms; not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan InitialDelay
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromMilliseconds(100);

    /// <summary>Where the doubling ends, before chance moves a delay by up to a fifth. 30 s; not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan MaxDelay
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(30);

    /// <summary>The wait before the next attempt, in nanoseconds.</summary>
    /// <param name="failures">How often the record has failed; below 1 counts as 1.</param>
    /// <param name="chance">In [0, 1): 0 gives the shortest wait, 20 % below the middle one.</param>
    internal long DelayNanoseconds(int failures, double chance)
    {
        // Doubling in floating point goes to infinity instead of around, and the smaller of that and the limit is the limit.
        var doubled = Math.ScaleB(Nanoseconds(InitialDelay), Math.Max(failures, 1) - 1);
        return (long)(Math.Min(doubled, Nanoseconds(MaxDelay)) * (1 - Jitter + 2 * Jitter * chance));
    }

    private static double Nanoseconds(TimeSpan span) => span.Ticks * (double)TimeSpan.NanosecondsPerTick;
}
