using Microsoft.Extensions.Logging;

namespace Topology.Cluster;

/// <summary>Which lines of which logs.</summary>
public sealed record LogQuery
{
    /// <summary>The logs; null for all of the folder, with a follow also those that come later.</summary>
    public IReadOnlyList<string>? Logs { get; init; }

    /// <summary>Lines of this time and later; null for all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Lines of this level and more serious ones; null for all. What was printed past the log has no level and is always among them.</summary>
    public LogLevel? Least { get; init; }

    /// <summary>Lines of this component; null for all.</summary>
    public string? Component { get; init; }

    /// <summary>Lines of this task; null for all.</summary>
    public int? Task { get; init; }

    /// <summary>Whether to wait for more at the end of what is there.</summary>
    public bool Follow { get; init; }

    /// <summary>How often a follow looks for more.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The clock of <see cref="LookEvery"/>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal bool Takes(LogLine line) =>
        (Since is null || line.Time >= Since) && (Least is null || line.Level is null || line.Level >= Least) && (Component is null || line.Component == Component) && (Task is null || line.Task == Task);
}
