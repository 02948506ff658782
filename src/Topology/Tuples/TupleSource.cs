namespace Topology;

/// <summary>Where a tuple comes from: one per source task and stream, shared by its tuples.</summary>
public sealed class TupleSource
{
    /// <summary>The component id of a tick tuple's source.</summary>
    public const string System = "__system";

    /// <summary>The stream id of tick tuples.</summary>
    public const string Tick = "__tick";

    internal TupleSource(string component, string stream, int task, Fields fields)
    {
        Component = component;
        Stream = stream;
        Task = task;
        Fields = fields;
    }

    /// <summary>The component that emitted the tuple.</summary>
    public string Component { get; }

    /// <summary>The stream that it was emitted on; <c>default</c> unless another was named.</summary>
    public string Stream { get; }

    /// <summary>The task that emitted it; -1 for a tick.</summary>
    public int Task { get; }

    /// <summary>The names of the tuple's fields.</summary>
    public Fields Fields { get; }
}
