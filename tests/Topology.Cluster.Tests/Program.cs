namespace Topology.Cluster.Tests;

/// <summary>What a test starts as a process of its own, to kill it; the tests themselves are run by the test host.</summary>
internal static class Program
{
    private static int Main(string[] arguments) => arguments switch
    {
        [CommittingChild.Verb, var directory] => CommittingChild.Run(directory),
        _ => 2,
    };
}
