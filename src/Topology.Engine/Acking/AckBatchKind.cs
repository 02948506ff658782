namespace Topology.Engine;

/// <summary>What all messages of an <see cref="AckBatch"/> mean.</summary>
internal enum AckBatchKind : byte
{
    /// <summary>From a spout: a new root and the XOR of its first edges.</summary>
    Init,

    /// <summary>From a spout: so many new roots, one after the other, each with one edge, <see cref="EdgeIds.FirstOf"/>.</summary>
    InitRun,

    /// <summary>From a bolt: the XOR of the edge it acks and of those it made.</summary>
    Ack,

    /// <summary>From a bolt: the tree failed; the value is a <see cref="FailCode"/>.</summary>
    Fail,

    /// <summary>From a bolt: the tree has another full timeout.</summary>
    Reset,

    /// <summary>From a spout that restarts: its trees are forgotten. The root names the task; what it sends afterwards is newer.</summary>
    Clear,
}
