using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Topology.Cluster;

/// <summary>How a supervisor of another host is run.</summary>
public sealed record HostSupervisorOptions
{
    /// <summary>The directory that it keeps everything in, held by this process for as long as it runs. It has joined a cluster by <see cref="JoinAttempt"/>.</summary>
    public required DataDirectory Data { get; init; }

    /// <summary>How many workers it keeps at most; 0 or more.</summary>
    public int Slots { get; init; } = DaemonOptions.UsualSlots;

    /// <summary>The IPv4 address of this host that workers of others reach its own by; null for the one that it reaches the daemon from.</summary>
    public string? Address { get; init; }

    /// <summary>Where it logs.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How the executable of all roles is started, by its arguments and the file for its streams; null for the program that this process runs.</summary>
    public Func<IReadOnlyList<string>, string, ProcessStart>? Program { get; init; }

    /// <summary>The folder of this user's sockets; null for the usual one, see <see cref="Cluster.SocketFolder"/>.</summary>
    public string? SocketFolder { get; init; }

    /// <summary>The executable of all roles, to be started with arguments. User code runs in a folder of its own.</summary>
    internal ProcessStart StartOf(IReadOnlyList<string> arguments, string logFile) => (Program ?? ProcessStart.OfThisProgram)(arguments, logFile) with
    {
        WorkingDirectory = Directory.CreateDirectory(Path.Combine(Data.FullPath, "work")).FullName,
    };
}
