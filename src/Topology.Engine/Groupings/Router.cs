namespace Topology.Engine;

/// <summary>Which tasks of one subscriber get a tuple of one stream. Each emitting task has its own, and calls it on its own thread.</summary>
internal abstract class Router(OutTarget[] targets, bool isSingle)
{
    /// <summary>The tasks to choose from, by ascending id.</summary>
    public readonly OutTarget[] Targets = targets;

    /// <summary>The ways to them, in the same order.</summary>
    public readonly Route[] Routes = [.. targets.Select(t => t.Route)];

    /// <summary>Whether every tuple goes to exactly one of them, by <see cref="Choose"/>, which then throws nothing.</summary>
    public readonly bool IsSingle = isSingle;

    /// <summary>Who gets the tuple that <see cref="Prepare"/> was called with, where that need not be exactly one.</summary>
    public List<OutTarget> Chosen { get; } = [];

    /// <summary>The one target of a tuple, by its place among <see cref="Targets"/>.</summary>
    public virtual int Choose(ReadOnlySpan<Value> values) => throw new NotSupportedException();

    /// <summary>Fills <see cref="Chosen"/>; may throw, since nothing of the tuple has been sent yet.</summary>
    /// <param name="values">The tuple's values.</param>
    /// <param name="task">The task that the emitter chose, or -1.</param>
    public virtual void Prepare(ReadOnlySpan<Value> values, int task)
    {
    }
}
