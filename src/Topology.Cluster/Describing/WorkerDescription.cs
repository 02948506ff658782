namespace Topology.Cluster;

/// <summary>A worker of a topology.</summary>
/// <param name="Id">Its number, from 0.</param>
/// <param name="Pid">Its process; null where it has none.</param>
/// <param name="Host">The supervisor that keeps it.</param>
/// <param name="Endpoint">Where other workers reach it; null until it has announced itself.</param>
/// <param name="Restarts">How often it was begun anew after a loss, since the topology was started or resumed.</param>
/// <param name="RssBytes">Resident memory in bytes, by its last report; 0 before the first.</param>
/// <param name="UptimeSeconds">How long the process has been running, by its last report; 0 before the first.</param>
public sealed record WorkerDescription(int Id, int? Pid, string Host, string? Endpoint, int Restarts, long RssBytes, double UptimeSeconds);
