using Topology.Cluster;

namespace Topology.Cli.Tests;

/// <summary>A way to one cluster, whatever the address.</summary>
internal sealed class FakeCluster : ICluster
{
    public FakeService Service { get; } = new();

    public string DefaultDataDirectory { get; init; } = "/default/data";

    /// <summary>Whether a daemon lives where no other notice says otherwise.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>What the daemon of each data directory wrote down.</summary>
    public Dictionary<string, DaemonNotice> Notices { get; } = [];

    /// <summary>Addresses and token files that were connected to.</summary>
    public List<(Uri Address, string TokenFile)> Connections { get; } = [];

    public List<DaemonRequest> Started { get; } = [];

    public List<DaemonRequest> Ran { get; } = [];

    /// <summary>What a start does besides, such as to let the service answer.</summary>
    public Action OnStart { get; set; } = () => { };

    public string TokenFile(string dataDirectory) => Path.Combine(dataDirectory, "token");

    public DaemonNotice? FindDaemon(string dataDirectory) => Notices.GetValueOrDefault(dataDirectory) ?? (IsUp ? Notice(new DaemonRequest(dataDirectory, null, null)) : null);

    public IClusterService Connect(Uri address, string tokenFile)
    {
        Connections.Add((address, tokenFile));
        return Service;
    }

    public Task<DaemonNotice> StartAsync(DaemonRequest request, CancellationToken cancellation)
    {
        Started.Add(request);
        OnStart();
        return Task.FromResult(Notice(request));
    }

    public async Task<int> RunAsync(DaemonRequest request, Func<DaemonNotice, Task> started, Action<string> complain, CancellationToken cancellation)
    {
        Ran.Add(request);
        OnStart();
        await started(Notice(request));
        await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return ExitCode.Success;
    }

    /// <summary>The data directories whose supervisor runs.</summary>
    public HashSet<string> Supervisors { get; } = [];

    public Task<bool> StopSupervisorAsync(string dataDirectory, CancellationToken cancellation) => Task.FromResult(Supervisors.Remove(dataDirectory));

    /// <summary>What supervisors were asked to join with.</summary>
    public List<SupervisorRequest> Joined { get; } = [];

    public Task<Membership> JoinAsync(SupervisorRequest request, bool detaches, Func<Membership, Task> joined, CancellationToken cancellation)
    {
        Joined.Add(request);
        if (JoinProblem is { } problem) return Task.FromException<Membership>(new JoinException(problem, "it did not join"));
        var membership = new Membership("c1", request.Name ?? "host", "tcp://127.0.0.1:7071", new string('a', 64), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(35), TimeSpan.FromSeconds(30));
        return RunAsync();

        async Task<Membership> RunAsync()
        {
            await joined(membership);
            return membership;
        }
    }

    /// <summary>Why nobody may join; null where all may.</summary>
    public JoinProblem? JoinProblem { get; set; }

    private static DaemonNotice Notice(DaemonRequest request) => new(request.Address ?? new Uri("http://127.0.0.1:7070"), 4711, true, Path.Combine(request.DataDirectory, "daemon.json"));
}
