namespace Topology.Cluster;

/// <summary>What follows a failure.</summary>
/// <param name="Delay">How long to wait before the replacement starts; null for no restart.</param>
/// <param name="Refusal">Why there is no restart, as the end of a message; null where there is one.</param>
/// <param name="History">What to remember.</param>
internal sealed record RestartDecision(TimeSpan? Delay, string? Refusal, RestartHistory History);
