namespace Topology.Engine;

/// <summary>
/// What a loop needs of an executor to run one of its rows. All seats lie together: with many executors each is looked at for a few rows only, and would else be
/// fetched from several places each time. Written by the loop's thread.
/// </summary>
internal struct Seat
{
    /// <summary>The executor; null for one that takes no rows.</summary>
    public BoltExecutor? Executor;

    /// <summary>Its only task; null where it has several.</summary>
    public BoltTask? Task;

    /// <summary>The executor's number.</summary>
    public int Index;

    /// <summary>How many rows were run since its last turn.</summary>
    public int Rows;

    /// <summary>So many rows until one is timed.</summary>
    public int UntilSample;

    /// <summary>Whether a row may be run now: its last turn ended so that nothing waits before the row, and it is not inside a call.</summary>
    public bool Takes;
}
