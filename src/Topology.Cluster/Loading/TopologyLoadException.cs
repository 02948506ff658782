namespace Topology.Cluster;

/// <summary>A topology that cannot be loaded. The message says what is missing, who needs it, and what to do.</summary>
public sealed class TopologyLoadException(string message, Exception? inner = null) : TopologyException(message, inner);
