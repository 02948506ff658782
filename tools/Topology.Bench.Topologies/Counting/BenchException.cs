namespace Topology.Bench;

/// <summary>A measurement that means nothing: tuples were lost, a run failed, a child ended early. The message is for the user.</summary>
internal sealed class BenchException(string message) : Exception(message);
