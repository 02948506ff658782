using Topology.Cluster;

namespace Topology.Web;

/// <summary>A request that is answered with a problem.</summary>
/// <param name="kind">Why.</param>
/// <param name="what">What is wrong.</param>
/// <param name="next">What to do about it; empty where <paramref name="what"/> says it.</param>
internal sealed class ApiException(ProblemKind kind, string what, string next = "") : TopologyException(what)
{
    public ProblemKind Kind { get; } = kind;

    public string Next { get; } = next;

    /// <summary>The topology that it is about; null for none.</summary>
    public string? Topology { get; init; }

    /// <summary>The answer's status, where it is not that of the kind.</summary>
    public int? Status { get; init; }

    /// <summary>What the master's answer means, where it is no yes.</summary>
    public static ApiException Of(CommandOutcome refused) => new(
        refused.Verdict switch
        {
            CommandVerdict.NotFound => ProblemKind.NotFound,
            CommandVerdict.Conflict => ProblemKind.Conflict,
            _ => ProblemKind.Invalid,
        },
        refused.Message)
    { Topology = refused.Topology };
}
