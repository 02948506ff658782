using System.Runtime.InteropServices;

namespace Topology.Bench;

/// <summary>Counts by word, looked up by span, so that a string is made only for a word not seen before.</summary>
internal sealed class WordTable
{
    private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _counts =
        new Dictionary<string, long>().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Counts one occurrence.</summary>
    public void Add(ReadOnlySpan<char> word) => CollectionsMarshal.GetValueRefOrAddDefault(_counts, word, out _)++;
}
