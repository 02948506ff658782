namespace Topology.Cli;

/// <summary>
/// Lines at the bottom of a terminal that are drawn again and again, with everything else written above them. Used from any thread. The cursor stays visible and
/// below, so that a process that is killed leaves the terminal as it should be.
/// </summary>
internal sealed class LiveBlock(IConsole console)
{
    private readonly Lock _lock = new();
    private string[] _lines = [];

    /// <summary>Puts these lines in place of those before; what is higher than the terminal is left out.</summary>
    public void Draw(IEnumerable<string> lines)
    {
        lock (_lock)
        {
            var erase = EraseCode();
            _lines = [.. lines.Take(Math.Max(1, console.Height - 1))];
            Write(erase + Block());
        }
    }

    /// <param name="text">Whole lines, each ended.</param>
    public void WriteAbove(string text)
    {
        lock (_lock) Write(EraseCode() + text + Block());
    }

    public void Erase() => Draw([]);

    private string Block() => string.Concat(_lines.Select(l => l + "\n"));

    private string EraseCode() => _lines.Length == 0 ? "" : $"\e[{_lines.Sum(Rows)}A\r\e[J";

    /// <summary>How many rows a line takes now: a terminal that was made narrower has wrapped it.</summary>
    private int Rows(string line) => Math.Max(1, (VisibleLength(line) + console.Width - 1) / console.Width);

    private void Write(string text)
    {
        console.Error.Write(text);
        console.Error.Flush();
    }

    /// <summary>Without the codes that set colours: from an escape to an <c>m</c>.</summary>
    private static int VisibleLength(string line)
    {
        var length = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\e') i = line.IndexOf('m', i);
            else length++;
        }

        return length;
    }
}
