namespace Topology.Cluster;

/// <summary>How a worker is linked with the others of its topology.</summary>
internal enum LinkTransport
{
    /// <summary>Over <c>ipc://</c>: its topology has workers on this host alone.</summary>
    Ipc,

    /// <summary>Over TCP with CURVE, also with workers of its own host.</summary>
    Tcp,

    /// <summary>Over <c>ipc://</c> with workers of its own host, over TCP with CURVE with those of others.</summary>
    Both,
}
