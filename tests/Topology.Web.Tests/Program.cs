using System.Globalization;

namespace Topology.Web.Tests;

/// <summary>What a test starts as a process of its own; the tests themselves are run by the test host.</summary>
internal static class Program
{
    /// <summary>A daemon for a data directory, with a cluster that is none, on a free port.</summary>
    public const string Daemon = "daemon";

    /// <summary>A process that says something and ends with a code.</summary>
    public const string Fail = "fail";

    /// <summary>Asks the daemon of a data directory who it is, and prints the assemblies that this took.</summary>
    public const string Ask = "ask";

    private static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case [Daemon, var directory]:
                return await RunAsync(directory);
            case [Fail, var code]:
                Console.WriteLine("It cannot be.");
                return int.Parse(code, CultureInfo.InvariantCulture);
            case [Ask, var directory]:
                using (var client = ClusterClient.OfDataDirectory(directory)) await client.InfoAsync();
                foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies()) Console.WriteLine(assembly.GetName().Name);
                return 0;
            default:
                return 2;
        }
    }

    private static Task<int> RunAsync(string directory)
    {
        var cluster = new FakeCluster();
        var options = new DaemonProgramOptions { DataDirectory = directory, Url = new("http://127.0.0.1:0"), Say = Console.WriteLine, Complain = Console.Error.WriteLine };
        return DaemonProgram.RunAsync(options, (_, _) => Task.FromResult(new RunningDaemon(cluster, cluster.Stopped, new Nothing())));
    }

    private sealed class Nothing : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
