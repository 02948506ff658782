namespace Topology;

/// <summary>What the names of topologies, components and streams may be: they become parts of file names, addresses and metric labels.</summary>
internal static class Identifier
{
    private const int Longest = 100;

    /// <summary>What is wrong with a name and what to do, as the end of a message; null where nothing is.</summary>
    public static string? Problem(string? name)
    {
        if (string.IsNullOrEmpty(name)) return "is empty: give it a name";
        if (name.StartsWith("__", StringComparison.Ordinal)) return "begins with '__', which is reserved for the engine: choose another";
        if (name.Length > Longest) return $"is {name.Length} characters long: choose one of at most {Longest}";
        // A leading point or hyphen would make a hidden file or be read as an option.
        var isLegal = name[0] is not ('.' or '-') && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        return isLegal ? null : "is not legal: use letters (a-z), digits, '-', '_' and '.', and begin with a letter, a digit or '_'";
    }
}
