namespace Topology.Messaging;

/// <summary>All tasks of a component that run in the sending worker have emitted their last: no row of theirs follows in this generation.</summary>
/// <param name="Component">The component's place in the plan.</param>
internal readonly record struct EndOfStream(ulong Component);
