namespace Topology.Engine;

/// <summary>Latencies in microseconds; all 0 where nothing was measured.</summary>
/// <param name="Count">How many were measured.</param>
/// <param name="MeanMicroseconds">Their mean.</param>
/// <param name="P50Microseconds">Half were at most this, within 4 %.</param>
/// <param name="P99Microseconds">99 in 100 were at most this, within 4 %.</param>
/// <param name="MaxMicroseconds">The longest.</param>
public readonly record struct LatencySummary(long Count, double MeanMicroseconds, double P50Microseconds, double P99Microseconds, double MaxMicroseconds);
