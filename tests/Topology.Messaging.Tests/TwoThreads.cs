using System.Runtime.ExceptionServices;

namespace Topology.Messaging.Tests;

/// <summary>Runs both sides of a structure at once, each on a thread of its own.</summary>
internal static class TwoThreads
{
    /// <summary>Returns when both have; an exception of either is thrown here. A side that waits for the other yields, and gives up when the other has failed.</summary>
    public static void Run(Action first, Action second)
    {
        Exception? error = null;
        var threads = new[] { first, second }.Select(side => new Thread(() =>
        {
            try
            {
                side();
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref error, exception, null);
            }
        })
        { IsBackground = true }).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads)
        {
            // Long past any real run: a side that waits for ever must become a failure, not a hang.
            if (!thread.Join(TimeSpan.FromMinutes(1))) Assert.Fail($"One side never ended. {error}");
        }

        if (error is not null) ExceptionDispatchInfo.Throw(error);
    }
}
