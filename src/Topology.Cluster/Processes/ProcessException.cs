namespace Topology.Cluster;

/// <summary>A process that cannot be started or told something. The message says what to do.</summary>
public sealed class ProcessException(string message, Exception? inner = null) : TopologyException(message, inner);
