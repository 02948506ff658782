using Topology.Messaging;

namespace Topology.Testing;

/// <summary>A tuple that a component emitted. It equals a <see cref="TestTuple"/> of the same stream and values.</summary>
public class EmittedTuple : TestTuple
{
    private readonly StreamId _stream;

    internal EmittedTuple(StreamId stream, int task, Value[] values, bool isAnchored) : base(stream.Name, values)
    {
        _stream = stream;
        Task = task;
        IsAnchored = isAnchored;
    }

    /// <summary>The component that emitted it.</summary>
    public string Component => _stream.Component;

    /// <summary>The id of the task that emitted it.</summary>
    public int Task { get; }

    /// <summary>The names of the stream's fields.</summary>
    public Fields Fields => _stream.Fields;

    /// <summary>Whether it is in a tree: a bolt emitted it anchored to an input that is tracked, a reliable spout with a message id.</summary>
    public bool IsAnchored { get; }

    /// <summary>The tree that it is in and the edge to it; a root of 0 where nobody asked.</summary>
    internal TupleIds Ids { get; init; }

    /// <summary>The value of a field.</summary>
    /// <exception cref="ArgumentException">There is no such field; the message lists those there are.</exception>
    public Value this[string field] => this[Fields.RequiredIndexOf(field)];
}
