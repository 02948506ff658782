namespace Topology.Cluster;

/// <summary>How far an end of the control channel has come with its connection, of one that is encrypted.</summary>
internal enum ControlReach
{
    /// <summary>Nothing has answered at the address, since the last connection broke.</summary>
    Nobody,

    /// <summary>Something has answered that has not shown itself to be the daemon of the key: there, it never comes further.</summary>
    Somebody,

    /// <summary>The daemon has answered and does not know this end's key, until it is tried again.</summary>
    Refused,

    /// <summary>The connection stands.</summary>
    Daemon,
}
