using System.Globalization;

namespace Topology.Bench;

/// <summary>What the scenarios send: a text of a fixed set and a running number. Nothing is allocated per tuple.</summary>
internal static class Payload
{
    private const int Mask = 1023;

    private static readonly string[] Texts = [.. Enumerable.Range(0, Mask + 1).Select(i => string.Create(CultureInfo.InvariantCulture, $"text-{i}"))];

    /// <summary>The text that goes with a number.</summary>
    public static string TextOf(long number) => Texts[number & Mask];
}
