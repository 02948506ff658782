namespace Topology;

/// <summary>
/// A place in a spout's source: what lies before it is done, and reading goes on from it. A spout commits one to its <see cref="DurablePosition"/> and finds it
/// there when it is opened again.
/// </summary>
/// <param name="Number">
/// Orders the places of one task: a later place has a larger number. An offset, or how many records were read so far; any 64-bit number will do.
/// </param>
/// <param name="Payload">What else the spout needs to find the place again, in a form of its own; at most <see cref="MaxPayloadBytes"/>.</param>
public readonly record struct SpoutPosition(long Number, ReadOnlyMemory<byte> Payload = default)
{
    /// <summary>The longest payload in bytes: 8 KiB, twice the longest path of Linux.</summary>
    public const int MaxPayloadBytes = 8 * 1024;
}
