namespace Topology.Messaging;

/// <summary>Which tree a row belongs to and the edge that leads to it. A root of 0 means that the row is in no tree.</summary>
internal struct TupleIds(ulong root, ulong edge)
{
    public ulong Root = root;
    public ulong Edge = edge;
}
