namespace Topology;

/// <summary>
/// A stream of one component, from <see cref="ComponentContext.Stream"/>. Streams are named by this and never by a string in an emit, where a
/// string would be read as a value.
/// </summary>
public sealed class StreamId
{
    /// <summary>The name of the stream that an emit without a stream goes to.</summary>
    public const string Default = "default";

    /// <summary>The name of the stream on which given-up tuples land.</summary>
    public const string DeadLetter = "dead-letter";

    internal StreamId(string component, string name, int index, Fields fields, bool direct)
    {
        Component = component;
        Name = name;
        Index = index;
        Fields = fields;
        IsDirect = direct;
    }

    /// <summary>The component whose stream this is.</summary>
    public string Component { get; }

    /// <summary>The stream's name, unique within its component.</summary>
    public string Name { get; }

    /// <summary>The names of its fields.</summary>
    public Fields Fields { get; }

    /// <summary>Whether the emitter chooses the receiving task, with <c>EmitDirect</c>.</summary>
    public bool IsDirect { get; }

    internal int Index { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Component}/{Name}";
}
