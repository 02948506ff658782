using Topology.Cluster;

namespace Topology.Cli;

/// <summary>The way to clusters and daemons: what of them is not a call of <see cref="IClusterService"/>.</summary>
internal interface ICluster
{
    /// <summary>Where a daemon keeps everything that was told nothing.</summary>
    string DefaultDataDirectory { get; }

    /// <summary>The file in a data directory that holds the token of its daemon.</summary>
    string TokenFile(string dataDirectory);

    /// <summary>What the daemon of a data directory wrote down about itself; null if there is nothing, or nothing that can be read.</summary>
    DaemonNotice? FindDaemon(string dataDirectory);

    /// <summary>The service at an address. Nothing is sent until a member is called.</summary>
    /// <param name="address">The address.</param>
    /// <param name="tokenFile">The file with the token; it need not be there, and then the first call says so.</param>
    IClusterService Connect(Uri address, string tokenFile);

    /// <summary>Starts a daemon in a process of its own, which outlives this one. Whoever loses a race of starts gets the winner's.</summary>
    /// <returns>By the task: the daemon, which answers by then.</returns>
    /// <exception cref="ClusterException">By the task: it did not come up, and why.</exception>
    Task<DaemonNotice> StartAsync(DaemonRequest request, CancellationToken cancellation);

    /// <summary>Is the daemon, in this process, until it is stopped or cancelled.</summary>
    /// <param name="request">Which daemon.</param>
    /// <param name="started">Called when it answers.</param>
    /// <param name="complain">Told why it did not come up.</param>
    /// <param name="cancellation">Ends the daemon; workers live on.</param>
    /// <returns>By the task: what the process ends with.</returns>
    Task<int> RunAsync(DaemonRequest request, Func<DaemonNotice, Task> started, Action<string> complain, CancellationToken cancellation);

    /// <summary>Is a supervisor of a daemon on another host, in this process until it is cancelled, or in one of its own that outlives this one.</summary>
    /// <param name="request">Which one.</param>
    /// <param name="detaches">Whether it runs in a process of its own.</param>
    /// <param name="joined">Called when the daemon has granted it its first lease.</param>
    /// <param name="cancellation">Ends it, if it runs here; workers live on for a while.</param>
    /// <returns>By the task: what it has joined, when it has ended, or runs by itself.</returns>
    /// <exception cref="JoinException">By the task: it did not join, and why.</exception>
    /// <exception cref="TopologyException">By the task: it could not be started, or broke.</exception>
    Task<Membership> JoinAsync(SupervisorRequest request, bool detaches, Func<Membership, Task> joined, CancellationToken cancellation);

    /// <summary>Ends the supervisor that runs with a data directory. Its workers live on for a while.</summary>
    /// <param name="dataDirectory">The full path of the directory.</param>
    /// <param name="cancellation">Ends the wait for its end.</param>
    /// <returns>By the task, when it has ended: false if none runs.</returns>
    Task<bool> StopSupervisorAsync(string dataDirectory, CancellationToken cancellation);
}
