using System.Globalization;

namespace Topology.Cluster;

/// <summary>What a worker process is told at its start: nothing of it is secret. As arguments, each <c>name=value</c>.</summary>
/// <param name="Worker">Who it is.</param>
/// <param name="Host">The supervisor that keeps it.</param>
/// <param name="Control">Where the daemon listens.</param>
/// <param name="SocketFolder">The folder of all sockets of this user.</param>
/// <param name="LogFolder">The folder of the topology's logs.</param>
/// <param name="LogName">The name of its log.</param>
/// <param name="Links">How it is linked with others.</param>
/// <param name="Grace">How long it lives without a supervisor.</param>
internal sealed record WorkerArguments(WorkerKey Worker, string Host, string Control, string SocketFolder, string LogFolder, string LogName, LinkTransport Links, TimeSpan Grace)
{
    /// <summary>The word that makes the executable a worker.</summary>
    public const string Role = "__worker";

    /// <summary>The address of this host that workers of others reach it by.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The public key of a daemon on another host, as 64 hexadecimal digits; null where it is on this one. The worker's own keys are its inherited secret.</summary>
    public string? DaemonKey { get; init; }

    /// <summary>Where its supervisor tells it that it is supervised; null where the daemon itself does.</summary>
    public string? Supervisor { get; init; }

    /// <summary>The folder of its unpacked upload; null where the daemon says where the code is.</summary>
    public string? Code { get; init; }

    public IReadOnlyList<string> ToArguments() =>
    [
        Role,
        $"topology={Worker.Topology}",
        string.Create(CultureInfo.InvariantCulture, $"worker={Worker.Worker}"),
        string.Create(CultureInfo.InvariantCulture, $"incarnation={Worker.Incarnation}"),
        $"host={Host}",
        $"control={Control}",
        $"sockets={SocketFolder}",
        $"logs={LogFolder}",
        $"log={LogName}",
        $"links={Links.ToString().ToLowerInvariant()}",
        string.Create(CultureInfo.InvariantCulture, $"grace-ms={(long)Grace.TotalMilliseconds}"),
        $"address={Address}",
        .. Optional("daemon-key", DaemonKey),
        .. Optional("supervisor", Supervisor),
        .. Optional("code", Code),
    ];

    /// <param name="arguments">Those behind <see cref="Role"/>.</param>
    /// <exception cref="TopologyException">One is missing or cannot be read.</exception>
    public static WorkerArguments Parse(IEnumerable<string> arguments)
    {
        var values = arguments.Select(a => a.Split('=', 2)).Where(a => a.Length == 2).ToDictionary(a => a[0], a => a[1], StringComparer.Ordinal);
        var key = new WorkerKey(Text("topology"), (int)Number("worker"), Number("incarnation"));
        if (!Enum.TryParse<LinkTransport>(Text("links"), ignoreCase: true, out var links)) throw new TopologyException($"'links={Text("links")}' is no way to link workers.");
        return new WorkerArguments(key, Text("host"), Text("control"), Text("sockets"), Text("logs"), Text("log"), links, TimeSpan.FromMilliseconds(Number("grace-ms")))
        {
            Address = Text("address"),
            DaemonKey = values.GetValueOrDefault("daemon-key"),
            Supervisor = values.GetValueOrDefault("supervisor"),
            Code = values.GetValueOrDefault("code"),
        };

        string Text(string name) => values.TryGetValue(name, out var value) ? value : throw new TopologyException($"A worker is started by a daemon, which says '{name}=…': submit a topology instead.");

        long Number(string name) => long.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new TopologyException($"'{name}={Text(name)}' is no number.");
    }

    private static IEnumerable<string> Optional(string name, string? value) => value is null ? [] : [$"{name}={value}"];
}
