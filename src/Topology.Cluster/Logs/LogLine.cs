using Microsoft.Extensions.Logging;

namespace Topology.Cluster;

/// <summary>One line of a worker's log.</summary>
/// <param name="Time">When it was logged, in UTC; of a line that says none, that of the line before it.</param>
/// <param name="Level">How serious; null for what was printed past the log, such as a runtime's last words.</param>
/// <param name="Component">The component, or the part of the worker, that logged it; empty where the level is null.</param>
/// <param name="Task">The task; 0 for none.</param>
/// <param name="Text">What was logged. Several lines have '\n' between them.</param>
public sealed record LogLine(DateTimeOffset Time, LogLevel? Level, string Component, int Task, string Text)
{
    /// <summary>The log that it was read from; empty for one that was not.</summary>
    public string Log { get; init; } = "";
}
