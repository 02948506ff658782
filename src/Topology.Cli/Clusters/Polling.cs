using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Asks a cluster again and again until something has come. A daemon that is started anew meanwhile is waited for.</summary>
/// <param name="time">The clock.</param>
/// <param name="limit">How long to wait; null for as long as it takes.</param>
internal sealed class Polling(TimeProvider time, TimeSpan? limit)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    /// <summary>As long as a worker lives on without a daemon.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly long _started = time.GetTimestamp();

    /// <summary>How long it has lasted.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <param name="ask">Asks, and shows what it sees.</param>
    /// <param name="isEnough">Whether an answer ends the waiting.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The answer that is enough; or the last one when the time is over, which is not.</returns>
    /// <exception cref="ClusterException">By the task: nobody answers, for longer than a new start takes.</exception>
    public async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> isEnough, CancellationToken cancellation)
    {
        var answered = time.GetTimestamp();
        T last = default!;
        for (var isFirst = true; ; isFirst = false)
        {
            try
            {
                last = await ask().ConfigureAwait(false);
                answered = time.GetTimestamp();
                if (isEnough(last)) return last;
            }
            catch (ClusterException exception) when (!isFirst && exception.Problem == ClusterProblem.Unreachable && time.GetElapsedTime(answered) < Patience)
            {
                // Workers go on meanwhile.
            }

            var left = (limit ?? TimeSpan.MaxValue) - Elapsed;
            if (left <= TimeSpan.Zero) return last;
            await Task.Delay(left < Period ? left : Period, time, cancellation).ConfigureAwait(false);
        }
    }
}
