namespace Topology.Cli;

/// <summary>A worker in a list over topologies; as JSON with its names in camel case.</summary>
/// <param name="Topology">The topology's name.</param>
/// <param name="Id">The worker's number in it, from 0.</param>
/// <param name="Pid">Its process; null where it has none.</param>
/// <param name="Host">The supervisor that keeps it.</param>
/// <param name="Endpoint">Where other workers reach it; null until it has announced itself.</param>
/// <param name="Restarts">How often it was begun anew after a loss.</param>
/// <param name="RssBytes">Resident memory in bytes.</param>
/// <param name="UptimeSeconds">How long the process has been running.</param>
internal sealed record WorkerOfTopology(string Topology, int Id, int? Pid, string Host, string? Endpoint, int Restarts, long RssBytes, double UptimeSeconds);
