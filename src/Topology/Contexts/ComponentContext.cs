using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Topology;

/// <summary>What a task knows about itself and its topology. Read it on any thread; where a member says more, it says so.</summary>
public abstract class ComponentContext
{
    private protected ComponentContext()
    {
    }

    /// <summary>The topology's name.</summary>
    public abstract string Topology { get; }

    /// <summary>The component's id.</summary>
    public abstract string Component { get; }

    /// <summary>This task's id, unique in the topology, from 1.</summary>
    public abstract int Task { get; }

    /// <summary>This task's place among the component's tasks, from 0.</summary>
    public abstract int TaskIndex { get; }

    /// <summary>How many tasks the component has.</summary>
    public abstract int TaskCount { get; }

    /// <summary>The topology's settings with the component's own laid over them.</summary>
    public abstract Settings Settings { get; }

    /// <summary>A logger in the component's name.</summary>
    public abstract ILogger Logger { get; }

    /// <summary>The clock to use: it is manual in tests and simulations.</summary>
    public abstract TimeProvider Time { get; }

    /// <summary>A meter for the component's own instruments, tagged with topology, component and task.</summary>
    public abstract Meter Meter { get; }

    /// <summary>The ids of a component's tasks, ascending; empty where there is no such component.</summary>
    public abstract ImmutableArray<int> TasksOf(string component);

    /// <summary>One of this component's streams, to emit on.</summary>
    /// <exception cref="ArgumentException">The component declares no such stream; the message lists those it does.</exception>
    public abstract StreamId Stream(string name);

    /// <summary>Runs an action on this task's thread, between two tuples. Legal from any thread; never waits.</summary>
    /// <exception cref="InvalidOperationException">65,536 actions are waiting already.</exception>
    public abstract void Post(Action action);

    /// <summary>As <see cref="Post"/>, for work whose number is bounded elsewhere: it is never refused.</summary>
    internal virtual void PostCompletion(Action action) => Post(action);

    /// <summary>Adds a hook that sees what this task does. Legal in <c>Open</c> and <c>Prepare</c>.</summary>
    public abstract void AddHook(ITaskHook hook);
}
