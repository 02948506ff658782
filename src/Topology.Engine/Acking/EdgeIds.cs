using System.Runtime.CompilerServices;

namespace Topology.Engine;

/// <summary>
/// Edge ids: 64 random bits, never 0. SplitMix64 (Steele, Lea and Flood, 2014), whose output function is not linear: the XOR of a handful of
/// its numbers is 0 with a chance of 2^-64, which does not hold for the faster xorshift family.
/// </summary>
internal sealed class EdgeIds(ulong seed)
{
    private ulong _state = seed;

    /// <summary>
    /// The first edge of a tree whose spout emitted to one task: as good as a random one, and known to whoever knows the root. So a spout need not tell it to the
    /// acker, which can be told of whole runs of roots, nor carry it with the row.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong FirstOf(ulong root) => Mix(root);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        var z = Mix(_state += 0x9E3779B97F4A7C15);
        return z != 0 ? z : Next();
    }

    // A bijection that maps only 0 to 0, and no root is 0, since task ids start at 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
