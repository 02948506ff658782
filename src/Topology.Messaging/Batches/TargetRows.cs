namespace Topology.Messaging;

/// <summary>The rows of a batch that one executor receives: a chain through <see cref="Row.Next"/>.</summary>
internal struct TargetRows
{
    public int First;
    public int Last;
    public int Count;
}
