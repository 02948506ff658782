namespace Topology.Engine;

/// <summary>What the coordinator of a run waits for.</summary>
internal enum RunPhase
{
    /// <summary>For the run to be activated, when it was submitted inactive, or told to prepare. Nothing is opened or prepared.</summary>
    Waiting,

    /// <summary>For every bolt to be prepared; then spouts are opened.</summary>
    Preparing,

    /// <summary>For every spout to be opened; then they are asked for tuples.</summary>
    Opening,

    /// <summary>For the spouts to be exhausted, or a stop. In a share of a topology, for an order to end the spouts or to finish.</summary>
    Running,

    /// <summary>For pending trees to end, after a stop or an order to end the spouts.</summary>
    EndingTrees,

    /// <summary>For the last positions of spouts to be written, though no longer than cleaning up may take.</summary>
    Committing,

    /// <summary>In a share, for the order to finish: its spouts have ended, others' may not have.</summary>
    Drained,

    /// <summary>For rows on their way to be worked off, and in a share for all that other workers may still send to the next component; then the next component in the flow finishes.</summary>
    Settling,

    /// <summary>For a component's tasks to return from <c>Finish</c>, and in a share for what they emitted to leave.</summary>
    Finishing,

    /// <summary>For <c>Cleanup</c> and <c>Close</c> to return.</summary>
    CleaningUp,

    /// <summary>For nothing: the result is there.</summary>
    Ended,
}
