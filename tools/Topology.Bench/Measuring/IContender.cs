namespace Topology.Bench;

/// <summary>Something whose speed is measured: a topology, or what it is compared with.</summary>
internal interface IContender
{
    /// <summary>Starts it afresh, lets it settle, reads its counter at the two ends of a window, and stops it.</summary>
    /// <exception cref="BenchException">The run failed or lost tuples.</exception>
    Task<Reading> RunAsync(TimeSpan settle, TimeSpan window);
}
