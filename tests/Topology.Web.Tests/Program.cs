namespace Topology.Web.Tests;

/// <summary>What a test starts as a process of its own; the tests themselves are run by the test host.</summary>
internal static class Program
{
    private static int Main() => 2;
}
