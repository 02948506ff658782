using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Topology.Cluster;

/// <summary>How a daemon is run.</summary>
public sealed record DaemonOptions
{
    /// <summary>The directory that it keeps everything in, held by this process for as long as the daemon lives.</summary>
    public required DataDirectory Data { get; init; }

    /// <summary>How many workers a host keeps at most where nobody says another number.</summary>
    public const int UsualSlots = 32;

    /// <summary>How many workers this host keeps at most; at least 1.</summary>
    public int Slots { get; init; } = UsualSlots;

    /// <summary>The version of the program that it belongs to.</summary>
    public string Version { get; init; } = "";

    /// <summary>Where the daemon logs.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where chance begins: the jitter of restarts, and what tells this life of the daemon from others.</summary>
    public int Seed { get; init; } = RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary>How the executable of all roles is started, by its arguments and the file for its streams; null for the program that this process runs.</summary>
    public Func<IReadOnlyList<string>, string, ProcessStart>? Program { get; init; }

    /// <summary>Where it listens for supervisors of other hosts; null for nowhere.</summary>
    public HostListening? Listening { get; init; }

    /// <summary>The folder of this user's sockets; null for the usual one, see <see cref="SocketFolder"/>.</summary>
    public string? SocketFolder { get; init; }

    /// <summary>How long a topology's <c>Build</c> may take when it is submitted; beyond it the submission is refused.</summary>
    public TimeSpan PlanLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The times by which the master decides.</summary>
    internal MasterOptions Master { get; init; } = new();

    /// <summary>Whether workers that are lost, or nobody's, are killed. False only to show what else keeps them from doing harm.</summary>
    internal bool KillsWorkers { get; init; } = true;

    /// <summary>Where workers are told to reach one that is at an address, see <see cref="WorkerEndpoint"/>. Other than there only to lead links through something that breaks them.</summary>
    internal Func<string, string> LinksLeadTo { get; init; } = endpoint => endpoint;

    /// <summary>The executable of all roles, to be started with arguments. User code runs in a folder of its own, the same in each process: a path in a setting that is not absolute begins there.</summary>
    internal ProcessStart StartOf(IReadOnlyList<string> arguments, string logFile) => (Program ?? ProcessStart.OfThisProgram)(arguments, logFile) with
    {
        WorkingDirectory = Directory.CreateDirectory(Path.Combine(Data.FullPath, "work")).FullName,
    };
}
