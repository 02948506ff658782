namespace Topology.Engine;

/// <summary>
/// The id of a tuple tree: the spout's task in the upper 16 bits and a sequence in the lower 48. Within one incarnation of a spout task sequences only grow.
/// </summary>
internal static class RootId
{
    public const int SequenceBits = 48;
    public const ulong SequenceMask = (1UL << SequenceBits) - 1;

    /// <summary>
    /// How far ahead a spout task starts when it drops its trees, and how far behind the next sequence one of its trees may be: where a tree uses up 64 sequences, 7 hours at 10
    /// million trees a second, and room for 16 times before sequences repeat.
    /// </summary>
    public const ulong Incarnation = 1UL << 44;

    public static ulong Of(int task, ulong sequence) => ((ulong)task << SequenceBits) | (sequence & SequenceMask);

    public static int Task(ulong root) => (int)(root >> SequenceBits);

    /// <summary>Whether a sequence comes after another; right while they are less than 2^47 apart.</summary>
    public static bool IsAfter(ulong sequence, ulong other) => (long)((sequence - other) << (64 - SequenceBits)) > 0;
}
