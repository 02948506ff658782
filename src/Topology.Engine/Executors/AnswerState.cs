namespace Topology.Engine;

/// <summary>What a bolt has said about the tuple in hand.</summary>
internal enum AnswerState : byte
{
    /// <summary>There is no tuple in hand, as in <c>Finish</c>, or it is a tick, which needs no answer.</summary>
    None,

    /// <summary>Nothing so far.</summary>
    Open,

    /// <summary>Acked, failed.</summary>
    Answered,

    /// <summary>Held for later.</summary>
    Held,
}
