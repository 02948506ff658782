using System.Text;

namespace Topology.Web;

/// <summary>The last lines of a daemon's output, for a message.</summary>
internal static class EndOfLog
{
    private const int Lines = 20;
    private const int Bytes = 8 * 1024;

    /// <summary>Says where the log is, and how it ends.</summary>
    /// <param name="path">The log.</param>
    /// <param name="begin">The byte from which on it is of interest.</param>
    public static string Read(string path, long begin)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Position = Math.Max(Math.Min(begin, file.Length), file.Length - Bytes);
            using var reader = new StreamReader(file, Encoding.UTF8);
            var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return lines.Length == 0 ? $"Its log {path} says nothing." : $"Its log {path} ends so:\n{string.Join('\n', lines.TakeLast(Lines).Select(line => $"  {Shown(line)}"))}";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"Its log {path} cannot be read: {error.Message}";
        }
    }

    // It goes to a terminal, and holds whatever was printed.
    private static string Shown(string line) => string.Concat(line.Select(c => char.IsControl(c) && c != '\t' ? '\uFFFD' : c));
}
