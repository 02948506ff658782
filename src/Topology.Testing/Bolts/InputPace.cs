namespace Topology.Testing;

/// <summary>How inputs come to a bolt under test.</summary>
internal enum InputPace
{
    /// <summary>Each after all that the one before set off.</summary>
    OneByOne,

    /// <summary>All in a batch, with room for whatever they set off.</summary>
    Batch,

    /// <summary>All in a batch, and the bolt's outbox is full after each tuple that it emits, so that it is interrupted between its inputs.</summary>
    FullOutbox,
}
