using Topology.Cluster;

namespace Topology.Web;

/// <summary>How a daemon is started in the background.</summary>
public sealed record DaemonStarterOptions
{
    /// <summary>Its data directory; made if there is none.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>What to start, given the file that its output goes to; <see cref="ProcessStart.OfThisProgram"/> as a rule. The process is one of <see cref="DaemonProgram"/> for the same directory.</summary>
    public required Func<string, ProcessStart> Program { get; init; }

    /// <summary>How long it may take until its API answers.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often to look whether it does.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromMilliseconds(25);

    /// <summary>For how long another's daemon is waited for before it is tried again to start one: the other may have been ending. Doubles each time.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Starts the process.</summary>
    internal Func<ProcessStart, WatchedProcess> Launch { get; init; } = ProcessLauncher.Start;
}
