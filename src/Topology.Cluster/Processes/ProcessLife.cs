namespace Topology.Cluster;

/// <summary>Whether a process still does something.</summary>
public enum ProcessLife
{
    /// <summary>It runs, waits, or is stopped; it may still write to files.</summary>
    Alive,

    /// <summary>It has ended, and its files are closed; only its exit status waits for its parent. Counts as dead.</summary>
    Zombie,

    /// <summary>There is none, or its id belongs to another by now.</summary>
    Gone,
}
