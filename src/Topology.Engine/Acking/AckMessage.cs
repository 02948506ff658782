namespace Topology.Engine;

/// <summary>What executors tell an acker, 16 bytes: a root and the XOR of edges, or the reason of a failure.</summary>
internal struct AckMessage(ulong root, ulong value)
{
    public ulong Root = root;
    public ulong Value = value;
}
