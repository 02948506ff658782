using System.Diagnostics.CodeAnalysis;

namespace Topology.Cluster;

/// <summary>Finds which class of a package is meant.</summary>
internal static class TopologyClassName
{
    /// <param name="classes">The full names of those that are there.</param>
    /// <param name="wanted">A full name, or the part behind the last dot where that means one alone; null for the only one.</param>
    /// <param name="found">The full name.</param>
    /// <param name="problem">What is wrong where none is found.</param>
    public static bool TryChoose(IReadOnlyList<string> classes, string? wanted, [NotNullWhen(true)] out string? found, [NotNullWhen(false)] out string? problem)
    {
        string[] matching = wanted is null ? [.. classes] : [.. classes.Where(c => c == wanted)];
        if (matching.Length == 0) matching = [.. classes.Where(c => c.EndsWith("." + wanted, StringComparison.Ordinal))];
        (found, problem) = matching switch
        {
            [var one] => (one, (string?)null),
            _ when classes.Count == 0 => (null, "The package holds no class that is a topology."),
            [] => (null, $"The package holds no topology '{wanted}': {Spelling.Hint(wanted!, classes, "there are")}"),
            _ => (null, $"The package holds {matching.Length} topologies: name one of {string.Join(", ", matching)}."),
        };
        return found is not null;
    }
}
