namespace Topology.Engine;

/// <summary>Messages of one kind on their way from an executor to an acker.</summary>
internal sealed class AckBatch
{
    public const int Capacity = 256;

    /// <summary>They begin with room for a few, since an executor with little to say at a time would else take 4 KiB to say it.</summary>
    public AckMessage[] Messages { get; private set; } = new AckMessage[16];

    public int Count { get; set; }

    public AckBatchKind Kind { get; set; }

    /// <summary>Makes room for more messages. False when there are as many as a batch may have.</summary>
    public bool TryGrow()
    {
        if (Messages.Length == Capacity) return false;
        var messages = new AckMessage[2 * Messages.Length];
        Messages.CopyTo(messages, 0);
        Messages = messages;
        return true;
    }
}
