using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

/// <summary>A supervisor of what would be another host, in a process of its own: its data and sockets are in a folder of a test's cluster, which ends it.</summary>
internal sealed class JoinedSupervisor(TestCluster cluster, string name)
{
    private static readonly UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Its data directory.</summary>
    public string Data => cluster.PathOf(name);

    /// <summary>Its process.</summary>
    public WatchedProcess Process { get; private set; } = null!;

    /// <summary>Its worker processes that live.</summary>
    public ProcessIdentity[] Workers() =>
        [.. cluster.Processes().Where(p => p.CommandLine.Contains(" __worker ", StringComparison.Ordinal) && p.CommandLine.Contains($" host={name} ", StringComparison.Ordinal)).Select(p => p.Process)];

    /// <summary>Joins by a new token, and waits until it is there.</summary>
    public async Task JoinAsync()
    {
        var invitation = await cluster.Service.InviteAsync();
        var token = cluster.PathOf($"{name}.token");
        await File.WriteAllTextAsync(token, invitation!.Token);
        await StartAsync(token, "--name", name);
    }

    /// <summary>Starts it, and waits until it is there.</summary>
    public async Task StartAsync(params string[] arguments)
    {
        var runtime = Directory.CreateDirectory(cluster.PathOf(name + "-r"), Private).FullName;
        var start = ProcessStart.OfAssembly(Path.Combine(AppContext.BaseDirectory, "Topology.Cli.dll"), ["join", .. arguments, "--data", Data], cluster.PathOf(name + ".log"));
        var since = DateTimeOffset.UtcNow;
        Process = ProcessLauncher.Start(start with { Environment = new Dictionary<string, string?> { ["XDG_RUNTIME_DIR"] = runtime } });
        await cluster.UntilAsync(() => Process.Exited.IsCompleted || (State() is { IsAway: false } state && state.HeardAt >= since), $"supervisor {name} to join");
        Assert.That(Process.Exited.IsCompleted, Is.False, cluster.ReadLogs());
    }

    /// <summary>What the daemon says of it.</summary>
    public SupervisorDescription? State() => cluster.Service.SupervisorsAsync().Result.FirstOrDefault(s => s.Id == name);
}
