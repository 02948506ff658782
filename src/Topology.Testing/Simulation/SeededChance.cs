using Topology.Engine;

namespace Topology.Testing;

/// <summary>Chance from a seed: the same numbers for the same seed, in every version and on every machine.</summary>
internal sealed class SeededChance(ulong seed)
{
    private readonly EdgeIds _numbers = new(seed);

    /// <summary>64 random bits.</summary>
    public ulong Next() => _numbers.Next();

    /// <summary>A number from 0 to below a limit.</summary>
    public int Below(int limit) => (int)Math.BigMul(_numbers.Next(), (ulong)limit, out _);

    /// <summary>True with a likelihood from 0 to 1. One of 0 or 1 takes no number.</summary>
    public bool Hits(double likelihood) => likelihood >= 1 || (likelihood > 0 && (_numbers.Next() >> 11) * (1.0 / (1UL << 53)) < likelihood);

    /// <summary>A time up to a limit, and above zero.</summary>
    public TimeSpan UpTo(TimeSpan limit) => TimeSpan.FromTicks(1 + (long)Math.BigMul(_numbers.Next(), (ulong)limit.Ticks, out _));
}
