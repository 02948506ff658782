using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Topology.Cluster;

/// <summary>
/// Log lines as text: <c>2026-11-20T11:04:54.1234567Z WARN  split#3 text</c>, and each further line of a text begins with a tab. So what a bolt logs of a tuple cannot pass for a line of its own.
/// Control characters are written as <c>\u001b</c>, lest a terminal obey them.
/// </summary>
internal static class LogText
{
    /// <summary>What begins the further lines of one entry.</summary>
    public const char Continuation = '\t';

    /// <summary>The most characters of one entry; what is longer is cut, and says so.</summary>
    public const int LongestText = 32 * 1024;

    private const char TaskMark = '#';
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";
    private const int TimeLength = 28;
    private const int LevelLength = 5;
    private const int HeadLength = TimeLength + 1 + LevelLength + 1;

    private static readonly string[] Levels = ["TRACE", "DEBUG", "INFO ", "WARN ", "ERROR", "FATAL"];

    /// <summary>Writes an entry with its line ends.</summary>
    public static void Append(StringBuilder output, LogLine line)
    {
        output.Append(line.Time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)).Append(' ').Append(Levels[(int)(line.Level ?? LogLevel.Information)]).Append(' ');
        foreach (var character in line.Component.Length == 0 ? "-" : line.Component) output.Append(char.IsControl(character) || char.IsWhiteSpace(character) ? '_' : character);
        if (line.Task > 0) output.Append(TaskMark).Append(line.Task.ToString(CultureInfo.InvariantCulture));
        output.Append(' ');
        AppendText(output, line.Text);
        output.Append('\n');
    }

    /// <summary>Reads the first line of an entry; null for any other text.</summary>
    public static LogLine? Parse(string text)
    {
        if (text.Length <= HeadLength || text[TimeLength] != ' ' || text[HeadLength - 1] != ' ') return null;
        var level = Array.IndexOf(Levels, text.Substring(TimeLength + 1, LevelLength));
        if (level < 0 || !DateTime.TryParseExact(text[..TimeLength], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)) return null;
        var end = text.IndexOf(' ', HeadLength);
        if (end < 0) return null;
        var (component, task) = Split(text[HeadLength..end]);
        return new(new(time), (LogLevel)level, component, task, text[(end + 1)..]);
    }

    /// <summary>The component and the task of a category: <c>split#3</c> is task 3 of split.</summary>
    public static (string Component, int Task) Split(string category)
    {
        var mark = category.LastIndexOf(TaskMark);
        return mark > 0 && int.TryParse(category.AsSpan(mark + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var task) ? (category[..mark], task) : (category, 0);
    }

    private static void AppendText(StringBuilder output, string text)
    {
        var end = Math.Min(text.Length, LongestText);
        for (var i = 0; i < end; i++)
        {
            var character = text[i];
            if (character == '\n') output.Append('\n').Append(Continuation);
            else if (character == '\r' && i + 1 < end && text[i + 1] == '\n') continue;
            else if (char.IsControl(character) && character != '\t') output.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else output.Append(character);
        }

        if (end < text.Length) output.Append(CultureInfo.InvariantCulture, $" ... ({text.Length - end} more characters)");
    }
}
