namespace Topology.Cluster;

/// <summary>How much the store keeps of what others send. Nothing in it grows without a bound.</summary>
public static class StoreLimits
{
    /// <summary>Characters of an id or a name.</summary>
    public const int IdLength = 200;

    /// <summary>Characters of where a worker is reached: two paths of sockets, or two addresses and a key.</summary>
    public const int EndpointLength = 512;

    /// <summary>Characters of an error's message; longer ones are cut.</summary>
    public const int MessageLength = 1_024;

    /// <summary>Characters of a detail or a reason; longer ones are cut.</summary>
    public const int DetailLength = 16_384;

    /// <summary>Characters of a topology's settings as JSON.</summary>
    public const int SettingsLength = 1_000_000;

    /// <summary>Characters of the outline of a topology's plan as JSON.</summary>
    public const int PlanLength = 1_000_000;

    /// <summary>Bytes of a position's payload.</summary>
    public const int PayloadBytes = 65_536;

    /// <summary>Tasks of one assignment.</summary>
    public const int TasksPerWorker = 100_000;

    /// <summary>Counters of one worker.</summary>
    public const int CountersPerWorker = 100_000;

    /// <summary>Errors of one topology; the oldest go first.</summary>
    public const int ErrorsPerTopology = 200;

    /// <summary>Topologies that have ended and that the master keeps, with their counters and errors; the oldest go first.</summary>
    public const int EndedTopologies = 200;

    /// <summary>Topologies, ended ones included.</summary>
    public const int Topologies = 10_000;

    /// <summary>Supervisors.</summary>
    public const int Supervisors = 1_000;

    /// <summary>Join tokens, used and expired ones included until they are forgotten.</summary>
    public const int JoinTokens = 1_000;

    /// <summary>For how long equal errors of a task are counted together.</summary>
    public static readonly TimeSpan ErrorWindow = TimeSpan.FromMinutes(1);
}
