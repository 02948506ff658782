using System.Runtime.CompilerServices;

namespace Topology.Engine;

/// <summary>
/// Edge ids: 64 random bits, never 0. SplitMix64 (Steele, Lea and Flood, 2014), whose output function is not linear: the XOR of a handful of
/// its numbers is 0 with a chance of 2^-64, which does not hold for the faster xorshift family.
/// </summary>
internal sealed class EdgeIds(ulong seed)
{
    private ulong _state = seed;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return z != 0 ? z : Next();
    }
}
