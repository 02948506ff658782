using System.Text;

namespace Topology.Cli;

/// <summary>Makes a text of unknown origin one line that cannot command the terminal.</summary>
internal static class OneLine
{
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\x1f') && !text.AsSpan().ContainsAnyInRange('\x7f', '\x9f')) return text;
        var line = new StringBuilder(text.Length);
        foreach (var part in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.Length > 0) line.Append(" | ");
            foreach (var character in part) line.Append(char.IsControl(character) ? ' ' : character);
        }

        return line.ToString();
    }
}
