namespace Topology;

/// <summary>What follows when a component's code throws, after the tuple has failed and the error is recorded.</summary>
public enum ErrorPolicy
{
    /// <summary>Nothing more: the task goes on with its next tuple.</summary>
    FailTuple,

    /// <summary>The tuple goes to the bolt's dead-letter stream and is acked there instead of failed, so it is not replayed.</summary>
    DeadLetter,

    /// <summary>
    /// The task is cleaned up and a fresh instance takes its place; keyed state stays, held tuples fail, a spout's pending trees are dropped and
    /// counted. After five restarts within a minute the topology stops.
    /// </summary>
    RestartTask,

    /// <summary>The topology stops and counts as failed.</summary>
    StopTopology,
}
