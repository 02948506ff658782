using System.Text;

namespace Topology.Cli;

/// <summary>The reasons of failures, as written.</summary>
internal static class FailNames
{
    /// <summary>For people: <c>bolt error</c>.</summary>
    public static string Words(FailKind kind) => Words(kind.ToString());

    /// <summary>For people, from what programs read: <c>boltError</c> is <c>bolt error</c>.</summary>
    public static string Words(string name)
    {
        var words = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && words.Length > 0) words.Append(' ');
            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    /// <summary>For programs: <c>boltError</c>.</summary>
    public static string Property(FailKind kind)
    {
        var name = kind.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
