namespace Topology;

/// <summary>What an <see cref="Anchor"/> refers to.</summary>
internal enum AnchorKind : byte
{
    None,
    Current,
    Held,
    Several,
}
