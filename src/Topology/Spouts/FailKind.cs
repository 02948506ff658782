namespace Topology;

/// <summary>Why a tuple tree failed.</summary>
public enum FailKind : byte
{
    /// <summary>A bolt failed the tuple: <see cref="BoltOutput.Fail(TupleView, string?)"/> or <see cref="FailTupleException"/>.</summary>
    Explicit,

    /// <summary>The tree did not complete within the message timeout.</summary>
    Timeout,

    /// <summary>A bolt threw, or its emit was refused (arity, size, outbox limit).</summary>
    BoltError,

    /// <summary>A worker that held a part of the tree died.</summary>
    WorkerLost,

    /// <summary>A link lost messages that sending again could not bring back.</summary>
    LinkLost,

    /// <summary>A bolt returned from <c>Execute</c> without an ack, a fail or a hold, or held the tuple for longer than the message timeout.</summary>
    Forgotten,
}
