namespace Topology.Cli;

/// <summary>Whole lines for people on standard error, from any thread. A live table takes them over while it is shown, so that they do not tear it.</summary>
internal sealed class StatusLines(TextWriter error)
{
    private readonly Lock _lock = new();
    private Action<string>? _above;

    public void Write(string line)
    {
        lock (_lock)
        {
            if (_above is not null) _above(line);
            else error.WriteLine(line);
        }
    }

    /// <summary>Writes what is wrong, one line each, and what to do next.</summary>
    public void WriteProblems(IEnumerable<string> problems, string? next)
    {
        foreach (var problem in problems) Write("error: " + OneLine.Of(problem));
        if (next is not null) Write("  try: " + next);
    }

    /// <summary>Sends lines to a live table until disposed.</summary>
    public IDisposable WriteAbove(Action<string> table)
    {
        lock (_lock) _above = table;
        return new Takeover(this);
    }

    private sealed class Takeover(StatusLines lines) : IDisposable
    {
        public void Dispose()
        {
            lock (lines._lock) lines._above = null;
        }
    }
}
