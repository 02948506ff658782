namespace Topology.Cluster;

/// <summary>The master's answer to a command.</summary>
/// <param name="Verdict">Whether it is carried out.</param>
/// <param name="Topology">The id of the topology; null where it is about none or about many.</param>
/// <param name="Message">For people: what follows, or why nothing does and what to do about it.</param>
public sealed record CommandOutcome(CommandVerdict Verdict, string? Topology, string Message);
