namespace Topology.Web;

/// <summary>The body of a command that may wait for what is in flight.</summary>
internal sealed record WaitBody
{
    // A hundred years: far below what a TimeSpan holds, and exact to a tick as a double for the first 28.
    private const double LongestSeconds = 100 * 365.25 * 86_400;

    /// <summary>How long, in seconds, 0 to a hundred years; null for what the topology's settings say.</summary>
    public double? WaitSeconds { get; init; }

    public static WaitBody Of(TimeSpan? wait) => new() { WaitSeconds = SecondsOf(wait) };

    public static double? SecondsOf(TimeSpan? wait) => wait?.TotalSeconds;

    /// <exception cref="ApiException">It is no such time.</exception>
    public static TimeSpan? TimeOf(double? seconds)
    {
        if (seconds is not { } some) return null;
        return some is >= 0 and <= LongestSeconds ? TimeSpan.FromTicks((long)Math.Round(some * TimeSpan.TicksPerSecond)) : throw new ApiException(ProblemKind.Invalid, "'waitSeconds' is a number of seconds from 0 to a hundred years.");
    }
}
