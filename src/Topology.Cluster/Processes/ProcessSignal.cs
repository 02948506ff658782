namespace Topology.Cluster;

/// <summary>What can be sent to a process.</summary>
public enum ProcessSignal
{
    /// <summary>SIGTERM: asks it to end; a stopped process hears of it when it goes on.</summary>
    Terminate,

    /// <summary>SIGKILL: ends it, stopped or not, without its having a say.</summary>
    Kill,

    /// <summary>SIGSTOP: halts it, without its having a say.</summary>
    Stop,

    /// <summary>SIGCONT: lets it go on.</summary>
    Continue,
}
