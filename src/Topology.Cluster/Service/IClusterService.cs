using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>
/// What a cluster does for people and programs: the daemon's own in its process, and the same over HTTP in others. Members may be called from any thread. A topology is named by its id, or by its name while it lives; the name of
/// topologies that have all ended means the last of them.
/// </summary>
/// <remarks>Of one that is reached over HTTP, every member throws <see cref="ClusterException"/> when the daemon cannot be reached, does not know the token, or failed.</remarks>
public interface IClusterService
{
    /// <summary>Which cluster this is.</summary>
    Task<ClusterInfo> InfoAsync(CancellationToken cancellation = default);

    /// <summary>Whether an upload is there, whole.</summary>
    Task<bool> HasUploadAsync(UploadId upload, CancellationToken cancellation = default);

    /// <summary>Takes in an upload. It is on disk and checked when the task ends; one that is there already is read and dropped.</summary>
    /// <param name="upload">What its content hashes to.</param>
    /// <param name="zip">The content, read to its end from where it is.</param>
    /// <param name="progress">Told how many bytes were sent; null for nobody.</param>
    /// <param name="cancellation">Ends the upload; nothing of it is kept.</param>
    /// <exception cref="UploadException">By the task: it is refused, and why.</exception>
    Task UploadAsync(UploadId upload, Stream zip, IProgress<long>? progress = null, CancellationToken cancellation = default);

    /// <summary>Builds a topology's plan, in a process of its own, and runs it. What was accepted is on disk, and survives any crash.</summary>
    /// <returns><see cref="CommandVerdict.Invalid"/> with every error of the plan, a line each, where it does not build.</returns>
    Task<CommandOutcome> SubmitAsync(SubmitRequest request, CancellationToken cancellation = default);

    /// <summary>Has the master do something. What was accepted is on disk, and survives any crash; it may yet take its time. <see cref="TopologyCommand.Submit"/> is not for this way.</summary>
    Task<CommandOutcome> CommandAsync(TopologyCommand command, CancellationToken cancellation = default);

    /// <summary>All topologies, those that have ended too, by time of submission.</summary>
    Task<ImmutableArray<TopologySummary>> ListAsync(CancellationToken cancellation = default);

    /// <summary>All about a topology; null where there is none.</summary>
    Task<TopologyDescription?> DescribeAsync(string topology, CancellationToken cancellation = default);

    /// <summary>What user code threw or reported, oldest first; null where there is no such topology.</summary>
    Task<ImmutableArray<ErrorRecord>?> ErrorsAsync(string topology, CancellationToken cancellation = default);

    /// <summary>The lines of a topology's logs, merged over its workers in the order of their times.</summary>
    /// <param name="topology">The topology.</param>
    /// <param name="query">Which lines, and whether to go on as they come.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Null where there is no such topology.</returns>
    Task<IAsyncEnumerable<LogLine>?> LogsAsync(string topology, LogQuery query, CancellationToken cancellation = default);

    /// <summary>Makes a token by which a supervisor of another host joins, once.</summary>
    /// <returns>By the task: the token; null where the daemon listens for no other hosts.</returns>
    Task<JoinInvitation?> InviteAsync(CancellationToken cancellation = default);

    /// <summary>Forgets a supervisor that has joined: from when this ends it is let in no more, nor are its workers. Those are dead when its lease has ended, and others take their place then. It may join again with a new token.</summary>
    /// <param name="supervisor">Its id.</param>
    /// <param name="cancellation">Ends the wait, not what was begun.</param>
    /// <returns>By the task: false if none of this id has joined, as the daemon's own never does.</returns>
    Task<bool> ForgetSupervisorAsync(string supervisor, CancellationToken cancellation = default);

    /// <summary>The supervisors that have joined, those that are away too, by id.</summary>
    Task<ImmutableArray<SupervisorDescription>> SupervisorsAsync(CancellationToken cancellation = default);

    /// <summary>The daemon ends, soon after the task does. Workers live on until they are taken over again, or their grace is over; drain first to end them.</summary>
    Task StopAsync(CancellationToken cancellation = default);
}
