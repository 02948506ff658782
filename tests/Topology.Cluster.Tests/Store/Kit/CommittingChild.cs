using System.Diagnostics;
using System.Reflection;

namespace Topology.Cluster.Tests;

/// <summary>A process that commits positions from several threads and says each one that was answered, until it is killed.</summary>
internal static class CommittingChild
{
    public const string Verb = "commit";
    public const int Tasks = 4;

    public static Process Start(string directory)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[] { "exec", Assembly.GetExecutingAssembly().Location, Verb, directory }) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    public static int Run(string path)
    {
        using var directory = DataDirectory.Open(path);
        using var store = SqliteClusterStore.Open(directory);
        store.Write(Samples.Assigned(Samples.Id, Tasks));
        var threads = Enumerable.Range(1, Tasks).Select(task => new Thread(() => Commit(store, task))).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        return 1;
    }

    private static void Commit(SqliteClusterStore store, int task)
    {
        for (var sequence = 1L; ; sequence++)
        {
            var outcome = store.Write(writer => writer.CommitPosition(Samples.Commit(task, sequence)));
            // One call, so that lines of several threads do not mix.
            Console.Out.Write($"{task} {sequence} {outcome}\n");
        }
    }
}
