namespace Topology;

/// <summary>Collects the streams of a component beside its default one.</summary>
public sealed class StreamDeclarer
{
    private readonly List<(string Name, Fields Fields, bool Direct)> _streams = [];

    internal IReadOnlyList<(string Name, Fields Fields, bool Direct)> Streams => _streams;

    /// <summary>Declares a stream. A second declaration of a name is reported by <c>Build</c>.</summary>
    /// <param name="name">Unique within the component; a name that starts with <c>__</c> is reserved.</param>
    /// <param name="fields">The names of the fields that each of its tuples has.</param>
    public StreamDeclarer Add(string name, Fields fields)
    {
        _streams.Add((name, fields, false));
        return this;
    }

    /// <summary>Declares a direct stream: the emitter chooses the receiving task, and consumers subscribe by direct grouping.</summary>
    /// <inheritdoc cref="Add"/>
    public StreamDeclarer AddDirect(string name, Fields fields)
    {
        _streams.Add((name, fields, true));
        return this;
    }
}
