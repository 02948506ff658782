using System.Text;
using Microsoft.Extensions.Logging;

namespace Topology.Cluster;

/// <summary>Makes an entry of each line that is written to it.</summary>
internal sealed class LogWriter(ILogger logger, LogLevel level) : TextWriter
{
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        if (value == '\n') End();
        else if (value != '\r') _line.Append(value);
        // A program that prints without line ends is not kept in memory.
        if (_line.Length >= LogText.LongestText) End();
    }

    public override void Write(char[] buffer, int index, int count)
    {
        foreach (var character in buffer.AsSpan(index, count)) Write(character);
    }

    public override void Write(string? value)
    {
        foreach (var character in value.AsSpan()) Write(character);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _line.Length > 0) End();
        base.Dispose(disposing);
    }

    private void End()
    {
        logger.Log(level, default, _line.ToString(), null, static (text, _) => text);
        _line.Clear();
    }
}
