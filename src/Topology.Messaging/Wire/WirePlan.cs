namespace Topology.Messaging;

/// <summary>
/// What a worker's plan says about rows that come in, so that none is taken which nothing here could take, and no number out of a frame becomes an index unchecked. Immutable.
/// </summary>
/// <param name="arities">The number of values of each source's rows, by the index of the source.</param>
/// <param name="receivers">The receivers of channels in this worker, by their number; null where the number is another worker's.</param>
/// <param name="maxValueBytes">The largest value, text counting 2 bytes for each UTF-16 code unit.</param>
internal sealed class WirePlan(ushort[] arities, WireReceiver?[] receivers, int maxValueBytes = 8 * 1024 * 1024)
{
    /// <summary>The largest value, text counting 2 bytes for each UTF-16 code unit.</summary>
    public int MaxValueBytes { get; } = maxValueBytes;

    /// <summary>The number of values of each source's rows.</summary>
    public ReadOnlySpan<ushort> Arities => arities;

    /// <summary>The receiver of a number, or null.</summary>
    public WireReceiver? ReceiverOf(uint number) => number < (uint)receivers.Length ? receivers[number] : null;
}
