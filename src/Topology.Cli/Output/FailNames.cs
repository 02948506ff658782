using System.Text;

namespace Topology.Cli;

/// <summary>The reasons of failures, as written.</summary>
internal static class FailNames
{
    /// <summary>For people: <c>bolt error</c>.</summary>
    public static string Words(FailKind kind)
    {
        var words = new StringBuilder();
        foreach (var letter in kind.ToString())
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
