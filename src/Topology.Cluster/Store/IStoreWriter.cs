using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>
/// Changes to the store, which become durable together when the function returns that the writer was handed to. Reads through it see them already.
/// Every member throws <see cref="ArgumentException"/> for values out of their ranges, before it changes anything.
/// </summary>
public interface IStoreWriter : IStoreReader
{
    /// <summary>Adds a topology.</summary>
    /// <exception cref="StoreConflictException">The id was used before, or a living topology has the name, or <see cref="StoreLimits.Topologies"/> are kept already.</exception>
    void AddTopology(TopologyRecord topology);

    /// <summary>Replaces what may change of a topology: all but its name, upload, class, plan and time of submission.</summary>
    /// <exception cref="StoreConflictException">There is none of this id, or it has ended and the state would change, the generation or the last incarnation would fall, the first ack would change,
    /// or the id would get another name, upload, class or plan.</exception>
    void UpdateTopology(TopologyRecord topology);

    /// <summary>Raises a topology's generation by one, which fences the positions of all earlier ones.</summary>
    /// <returns>The new generation. It may be used once the change is durable.</returns>
    /// <exception cref="StoreConflictException">There is no such topology, or it has ended.</exception>
    long RaiseGeneration(string topology);

    /// <summary>Issues the number of a worker's next life, higher than that of every life of any worker of this topology before.</summary>
    /// <returns>The incarnation. It may be used once the change is durable.</returns>
    /// <exception cref="StoreConflictException">There is no such topology, or it has ended.</exception>
    long IssueIncarnation(string topology);

    /// <summary>Removes a topology with all that belongs to it. Its id must not be used again.</summary>
    /// <returns>False if there is none.</returns>
    bool RemoveTopology(string id);

    /// <summary>Adds or replaces a worker's assignment, and fences its tasks: from now on only this incarnation, or a later one that is assigned a task, commits its positions.
    /// The counters of an earlier incarnation of the worker go into the topology's sum.</summary>
    /// <exception cref="StoreConflictException">There is no such topology; it has ended, and this is not a present incarnation of its; the incarnation was not issued, or is older than the worker's present one; or a task is assigned to a later incarnation.</exception>
    void PutAssignment(AssignmentRecord assignment);

    /// <summary>Removes a worker's assignment. Its last counters go into the topology's sum; its tasks stay fenced.</summary>
    /// <returns>False if the worker has none of this incarnation; nothing was changed.</returns>
    bool RemoveAssignment(string topology, int worker, long incarnation);

    /// <summary>Keeps a position if it is in order; a refusal is an answer, not an exception, and changes nothing.</summary>
    CommitOutcome CommitPosition(PositionCommit commit);

    /// <summary>Keeps an error. One that repeats the last one of its task by message within <see cref="StoreLimits.ErrorWindow"/> of its first time is counted there instead.
    /// Of a topology's errors the oldest go first when there are more than <see cref="StoreLimits.ErrorsPerTopology"/>. No effect where there is no such topology.</summary>
    void AddError(ErrorRecord error);

    /// <summary>Adds or replaces a supervisor.</summary>
    /// <exception cref="StoreConflictException"><see cref="StoreLimits.Supervisors"/> are kept already.</exception>
    void PutSupervisor(SupervisorRecord supervisor);

    /// <summary>Removes a supervisor.</summary>
    /// <returns>False if there is none.</returns>
    bool RemoveSupervisor(string id);

    /// <summary>Adds or replaces a join token.</summary>
    /// <exception cref="StoreConflictException"><see cref="StoreLimits.JoinTokens"/> are kept already.</exception>
    void PutJoinToken(JoinTokenRecord token);

    /// <summary>Removes a join token.</summary>
    /// <returns>False if there is none of this key.</returns>
    bool RemoveJoinToken(string publicKey);

    /// <summary>Keeps the cumulative counters of a worker's present incarnation. A counter that is lower than before, or missing, stays as it was.</summary>
    /// <param name="topology">The topology's id.</param>
    /// <param name="worker">The worker's number.</param>
    /// <param name="incarnation">The incarnation that counted from 0.</param>
    /// <param name="counters">Counts by name, none negative; at most <see cref="StoreLimits.CountersPerWorker"/>.</param>
    /// <returns>False if that is not the incarnation of the worker's assignment; nothing was changed, since its counters are in the sum already.</returns>
    bool ReportCounters(string topology, int worker, long incarnation, ImmutableSortedDictionary<string, long> counters);
}
