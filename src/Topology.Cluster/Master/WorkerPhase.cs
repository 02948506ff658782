namespace Topology.Cluster;

/// <summary>What the master knows of a worker's present incarnation.</summary>
internal enum WorkerPhase
{
    /// <summary>It is known to have no process, until a new incarnation is started or the worker is dropped.</summary>
    Gone,

    /// <summary>The master was restarted and there may be a process, until that announces itself or is seen dead, or the start timeout has passed.</summary>
    Unknown,

    /// <summary>Its start was ordered, until it announces itself or is seen dead, or the start timeout has passed.</summary>
    Starting,

    /// <summary>It has announced itself and takes orders, until it is lost.</summary>
    Connected,

    /// <summary>It has been lost or is not wanted, and is to be killed, until it is seen dead.</summary>
    Dying,
}
