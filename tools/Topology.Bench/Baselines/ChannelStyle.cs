namespace Topology.Bench;

/// <summary>How items pass through the channel of a <see cref="ChannelBaseline"/>.</summary>
internal enum ChannelStyle
{
    /// <summary>One item at a time by TryWrite and TryRead, on two threads that spin, then yield, while the channel is full or empty.</summary>
    Spinning,

    /// <summary>One item at a time by WriteAsync and ReadAllAsync.</summary>
    Async,

    /// <summary>Arrays of 256 items by TryWrite and TryRead; the arrays come back through a second channel and are used again.</summary>
    Arrays,
}
