using Microsoft.Extensions.Logging;

namespace Topology.Cluster;

/// <summary>How a worker's log is kept.</summary>
public sealed record WorkerLogOptions
{
    /// <summary>The size at which a file is followed by the next, in bytes; one entry and what was printed in the meantime may go beyond it. At least 1.</summary>
    public long FileBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How many files there are at most, the one being written included; the oldest goes first. At least 1.</summary>
    public int Files { get; init; } = 5;

    /// <summary>How many entries may wait to be written; what comes beyond is dropped, counted, and said. At least 1.</summary>
    public int QueueEntries { get; init; } = 8192;

    /// <summary>How many characters the entries that wait may have together; as <see cref="QueueEntries"/>.</summary>
    public int QueueCharacters { get; init; } = 4 * 1024 * 1024;

    /// <summary>What is less serious is not logged.</summary>
    public LogLevel Least { get; init; } = LogLevel.Information;

    /// <summary>Whether standard output and standard error of this process go to the log's file, as <see cref="ProcessLauncher"/> starts workers, and are to follow it to the next.</summary>
    public bool HasStandardStreams { get; init; }

    /// <summary>How long the end of the process waits for what is not yet written.</summary>
    public TimeSpan FlushLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The clock of the entries.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
