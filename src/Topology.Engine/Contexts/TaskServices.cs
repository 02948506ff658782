using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Topology.Engine;

/// <summary>What both kinds of context answer from: one per task, for as long as the worker.</summary>
internal sealed class TaskServices(Worker worker, Executor executor, TaskPlan plan, Emitter emitter, TaskCounters counters)
{
    // Two cache lines on either side of the user's instance. The collector keeps objects in their order, so that no instance of another thread, whose fields
    // change with each tuple as well, ends up beside it.
    private readonly byte[][] _padding = new byte[2][];

    private Meter? _meter;
    private ITaskObserver? _observer;

    public Worker Worker { get; } = worker;

    public Executor Executor { get; } = executor;

    public TaskPlan Plan { get; } = plan;

    public ComponentPlan Component => Plan.Component;

    public ILogger Logger => field ??= Worker.Loggers.CreateLogger(Component.Id);

    public Meter Meter => _meter ??= new Meter(
        "Topology.Component",
        null,
        [new("topology", Worker.Plan.Name), new("component", Component.Id), new("task", Plan.Task)]);

    public ImmutableArray<int> TasksOf(string component) =>
        Worker.Plan.Components.FirstOrDefault(c => c.Id == component) is { } found
            ? [.. Enumerable.Range(found.FirstTask, found.Tasks)]
            : [];

    public StreamId Stream(string name) =>
        Component.Streams.FirstOrDefault(s => s.Name == name)
        ?? throw new ArgumentException(
            $"{Component.Id} declares no stream '{name}'; its streams are {string.Join(", ", Component.Streams.Select(s => s.Name))}. Declare it in Declare(streams).",
            nameof(name));

    public void Post(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (!Executor.Mailbox.TryPost(() => Run(action)))
            throw new InvalidOperationException($"{Component.Id}[{Plan.Task}] has {Mailbox.Capacity:N0} posted actions waiting; post fewer, or wait for those that were posted.");
        Executor.Wake();
    }

    /// <summary>As <see cref="Post"/>, for work whose number is bounded elsewhere: it is never refused.</summary>
    public void PostCompletion(Action action)
    {
        Executor.Mailbox.PostControl(() => Run(action));
        Executor.Wake();
    }

    public void AddHook(ITaskHook hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        emitter.Hooks ??= new TaskHooks(error => Worker.Errors.Report(Plan, counters, "Hook", null, error));
        emitter.Hooks.Add(hook);
    }

    /// <summary>Makes an instance of the user's component, on memory of its own.</summary>
    public object Make()
    {
        _padding[0] = new byte[128];
        var instance = Component.Factory();
        _padding[1] = new byte[128];
        return instance;
    }

    /// <summary>Takes the hooks of an instance away; the task's observer stays.</summary>
    public void ResetHooks()
    {
        emitter.Hooks = null;
        if (Worker.Options.Observer is { } make) AddHook(_observer ??= make(Plan));
    }

    /// <summary>Ends the instruments of an instance; a fresh one makes its own.</summary>
    public void ResetMeter()
    {
        _meter?.Dispose();
        _meter = null;
    }

    private void Run(Action action)
    {
        // What a posted action emits is counted for itself, as with a tuple.
        emitter.BeginInput();
        try
        {
            action();
        }
        catch (Exception exception)
        {
            Worker.Errors.Report(Plan, counters, "Post", null, exception);
        }
    }
}
