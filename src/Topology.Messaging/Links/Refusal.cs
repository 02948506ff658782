namespace Topology.Messaging;

/// <summary>Why a frame that came in was dropped.</summary>
internal enum Refusal : byte
{
    /// <summary>It does not begin as a frame does.</summary>
    NotAFrame,

    /// <summary>It is another topology's.</summary>
    OtherTopology,

    /// <summary>It is of a worker that is not in the current set, or of another incarnation of one that is.</summary>
    UnknownSender,

    /// <summary>The key of the connection belongs to another worker than the one whose incarnation the frame names.</summary>
    Impostor,

    /// <summary>It belongs to another generation, mostly an older one: its sender does not know yet that it was replaced.</summary>
    OtherGeneration,

    /// <summary>The link's own frame says what cannot be, such as that frames came in that were never sent.</summary>
    Malformed,

    /// <summary>The link is lost or closed.</summary>
    LinkEnded,
}
