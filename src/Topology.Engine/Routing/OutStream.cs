namespace Topology.Engine;

/// <summary>One stream of one task: what its emits are checked against and who gets them.</summary>
internal sealed class OutStream(StreamId stream, int source, Router[] routers)
{
    public readonly int Arity = stream.Fields.Count;
    public readonly bool IsDirect = stream.IsDirect;
    public readonly int Source = source;
    public readonly Router[] Routers = routers;

    public StreamId Stream { get; } = stream;
}
