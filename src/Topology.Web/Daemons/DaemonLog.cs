using Topology.Cluster;

namespace Topology.Web;

/// <summary>The log of a daemon, <c>logs/daemon.000001.log</c> and so on of its data directory: what it logs, and what its process prints where it was started in the background. Files follow one another by size, as those of workers.</summary>
public static class DaemonLog
{
    private const string Name = "daemon";

    /// <summary>Begins the log of this process, or goes on with it.</summary>
    /// <param name="dataDirectory">The data directory.</param>
    /// <param name="options">Null for the defaults. Whether this process's streams go to the log is found out here.</param>
    /// <exception cref="IOException">Its file cannot be made.</exception>
    public static WorkerLog Open(string dataDirectory, WorkerLogOptions? options = null)
    {
        var folder = FolderIn(dataDirectory);
        return new WorkerLog(folder, Name, (options ?? new WorkerLogOptions()) with { HasStandardStreams = StandardStreams.GoTo(folder, Name) });
    }

    /// <summary>The file that is written now, or will be the first: what a process in the background has its streams go to. The folder is made.</summary>
    /// <param name="dataDirectory">The data directory.</param>
    public static string FileIn(string dataDirectory) => FolderIn(dataDirectory).CurrentFile(Name);

    private static LogFolder FolderIn(string dataDirectory) => new(Path.Combine(Path.GetFullPath(dataDirectory), "logs"));
}
