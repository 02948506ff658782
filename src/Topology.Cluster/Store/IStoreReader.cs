using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>What the store holds at one moment. For the thread that it was handed to, until the function that it was handed to returns. Ids are compared and ordered by ordinal.</summary>
public interface IStoreReader
{
    /// <summary>The topology of an id, or null.</summary>
    TopologyRecord? Topology(string id);

    /// <summary>The topology of a name that has not ended, or null.</summary>
    TopologyRecord? LivingTopology(string name);

    /// <summary>All topologies, by time of submission, then by id.</summary>
    ImmutableArray<TopologyRecord> Topologies();

    /// <summary>The assignments of a topology, by worker.</summary>
    ImmutableArray<AssignmentRecord> Assignments(string topology);

    /// <summary>Where a spout task goes on; null where it has never committed, or the task is another component's.</summary>
    /// <exception cref="StoreException">What it committed is in quarantine: null would have it begin anew.</exception>
    PositionRecord? Position(string topology, string component, int task);

    /// <summary>The positions of a topology, by task.</summary>
    ImmutableArray<PositionRecord> Positions(string topology);

    /// <summary>The errors of a topology, oldest first.</summary>
    ImmutableArray<ErrorRecord> Errors(string topology);

    /// <summary>The supervisor of an id, or null.</summary>
    SupervisorRecord? Supervisor(string id);

    /// <summary>All supervisors, by id.</summary>
    ImmutableArray<SupervisorRecord> Supervisors();

    /// <summary>All join tokens, by key.</summary>
    ImmutableArray<JoinTokenRecord> JoinTokens();

    /// <summary>The last reports of the workers that have assignments, by worker, after the sum over those that are gone, if there is one. The sum of all is the topology's count, and never falls.</summary>
    ImmutableArray<CountersRecord> Counters(string topology);

    /// <summary>The records that cannot be read. Reads the whole store.</summary>
    ImmutableArray<QuarantinedRecord> Quarantined();
}
