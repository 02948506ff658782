namespace Topology.Engine.Tests;

internal static class Allocation
{
    /// <summary>
    /// The bytes that 1,000 runs of an action allocate on this thread, at the least of several times: the runtime itself allocates now and then
    /// (when a cache of its own grows), an action that allocates does so every time.
    /// </summary>
    public static long Of(Action action)
    {
        var least = long.MaxValue;
        for (var round = 0; round < 10 && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1_000; i++) action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
