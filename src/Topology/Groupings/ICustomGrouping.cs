using System.Collections.Immutable;

namespace Topology;

/// <summary>A grouping of the user's own. Each emitting task has an instance and calls it on its own thread.</summary>
public interface ICustomGrouping
{
    /// <summary>Called once before the first tuple.</summary>
    /// <param name="source">The emitting task.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="targets">The receiving tasks' ids, ascending.</param>
    void Prepare(ComponentContext source, StreamId stream, ImmutableArray<int> targets);

    /// <summary>Adds the ids of the tasks that get this tuple; none is legal and drops it.</summary>
    /// <param name="values">The tuple's values.</param>
    /// <param name="chosen">Empty; add to it.</param>
    void Choose(ReadOnlySpan<Value> values, List<int> chosen);
}
