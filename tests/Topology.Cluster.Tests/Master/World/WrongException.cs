namespace Topology.Cluster.Tests;

/// <summary>Something happened in a simulation that must never happen.</summary>
public sealed class WrongException(string message) : Exception(message);
