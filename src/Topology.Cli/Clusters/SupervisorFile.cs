using Topology.Cluster;

namespace Topology.Cli;

/// <summary>The file <c>supervisor.process</c> of a data directory: which process is its supervisor, or was the last.</summary>
internal static class SupervisorFile
{
    public static void Write(string dataDirectory) => File.WriteAllText(PathIn(dataDirectory), ProcessIdentity.Current.ToString());

    /// <returns>Null where there is none.</returns>
    public static ProcessIdentity? Read(string dataDirectory)
    {
        try
        {
            return ProcessIdentity.TryParse(File.ReadAllText(PathIn(dataDirectory)), out var process) ? process : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, "supervisor.process");
}
