namespace Topology.Engine;

/// <summary>
/// Sees what one task does, for as long as the worker: a hook of a simulation's or a test kit's own, which outlives the user's instances and is told
/// more.
/// </summary>
internal interface ITaskObserver : ITaskHook
{
    /// <summary>A tuple was emitted; called in place of the hook's own.</summary>
    void Emitted(StreamId stream, ReadOnlySpan<Value> values, int targets, bool isTracked);
}
