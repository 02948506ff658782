namespace Topology.Messaging;

/// <summary>One section of a frame that came in, as long as the frame's bytes are there.</summary>
/// <param name="type">What it says it is; may be one that nobody here knows.</param>
/// <param name="body">One MessagePack value.</param>
internal readonly ref struct FrameSection(SectionType type, ReadOnlySpan<byte> body)
{
    public SectionType Type { get; } = type;

    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>Whether this version of the format has sections of the type.</summary>
    public bool IsKnown => Type is > SectionType.None and <= SectionType.Acknowledgement;
}
