namespace Topology.Messaging;

/// <summary>What a frame that came in is to its connection.</summary>
internal enum Arrival : byte
{
    /// <summary>The one that was due: to be handed on.</summary>
    Next,

    /// <summary>One that came in before: to be dropped.</summary>
    Duplicate,

    /// <summary>One behind others that are missing: to be dropped, since it will come again with them.</summary>
    AfterGap,
}
