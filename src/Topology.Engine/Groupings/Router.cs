namespace Topology.Engine;

/// <summary>Which tasks of one subscriber get a tuple of one stream. Each emitting task has its own, and calls it on its own thread.</summary>
internal abstract class Router(OutTarget[] targets, bool isSingle)
{
    /// <summary>The tasks to choose from, by ascending id.</summary>
    public readonly OutTarget[] Targets = targets;

    /// <summary>Whether every tuple goes to exactly one of them, by <see cref="Choose"/>.</summary>
    public readonly bool IsSingle = isSingle;

    /// <summary>The one target of a tuple.</summary>
    public virtual OutTarget Choose(ReadOnlySpan<Value> values) => throw new NotSupportedException();

    /// <summary>Adds the places in <see cref="Targets"/> of those that get a tuple.</summary>
    /// <param name="values">The tuple's values.</param>
    /// <param name="task">The task that the emitter chose, or -1.</param>
    /// <param name="chosen">Empty; add to it.</param>
    public virtual void ChooseMany(ReadOnlySpan<Value> values, int task, List<int> chosen) => throw new NotSupportedException();
}
