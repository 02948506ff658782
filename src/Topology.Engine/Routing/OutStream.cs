using Topology.Messaging;

namespace Topology.Engine;

/// <summary>One stream of one task: what its emits are checked against and who gets them.</summary>
internal sealed class OutStream(StreamId stream, int source, Router[] routers)
{
    public readonly int Arity = stream.Fields.Count;
    public readonly bool IsDirect = stream.IsDirect;
    public readonly Router[] Routers = routers;

    /// <summary>The only router, where it gives each tuple to exactly one task.</summary>
    public readonly Router? Single = routers is [{ IsSingle: true } single] ? single : null;

    /// <summary>The stream's part of a row's address.</summary>
    public readonly ulong Address = Row.Address(stream.Fields.Count, source, 0);

    public StreamId Stream { get; } = stream;
}
