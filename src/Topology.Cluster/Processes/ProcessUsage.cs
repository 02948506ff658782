namespace Topology.Cluster;

/// <summary>What a process takes.</summary>
/// <param name="ResidentBytes">Its pages in memory, those shared with others included; bytes.</param>
/// <param name="Uptime">How long ago it was started, by the clock that also runs while the machine sleeps.</param>
/// <param name="ProcessorTime">What all of its threads have used.</param>
public readonly record struct ProcessUsage(long ResidentBytes, TimeSpan Uptime, TimeSpan ProcessorTime);
