namespace Topology.Engine;

/// <summary>Messages of one kind on their way from an executor to an acker.</summary>
internal sealed class AckBatch
{
    public const int Capacity = 256;

    public AckMessage[] Messages { get; } = new AckMessage[Capacity];

    public int Count { get; set; }

    public AckBatchKind Kind { get; set; }
}
