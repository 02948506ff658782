namespace Topology.Bench;

/// <summary>Something whose latency under a fixed rate is measured.</summary>
internal interface ILatencyContender
{
    /// <summary>Starts it afresh, lets it settle, records the latencies of a window from scheduled emit to completion, and stops it.</summary>
    /// <exception cref="BenchException">The run failed or lost tuples.</exception>
    Task RunAsync(int tuplesPerSecond, TimeSpan settle, TimeSpan window, LatencyHistogram latencies);
}
