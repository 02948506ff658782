using Topology.Testing;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>What became of the tuples of a feeder, by their first values.</summary>
internal static class FeederExtensions
{
    /// <summary>The first values of the tuples whose trees completed, in the order in which they did.</summary>
    public static string[] AckedTexts(this Feeder feeder) => [.. feeder.Acked.Select(t => t[0].ToString())];

    /// <summary>The first values of the tuples whose trees failed, in the order in which they did.</summary>
    public static string[] FailedTexts(this Feeder feeder) => [.. feeder.Failed.Select(t => t[0].ToString())];

    /// <summary>Why trees failed, in the order in which they did.</summary>
    public static FailReason[] Reasons(this Feeder feeder) => [.. feeder.Failed.Select(t => t.Reason!.Value)];
}
